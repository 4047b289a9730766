import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { ScrollRegion } from './scroll-region';

/** A table that scrolls sideways inside its card when the screen is narrow. */
export function DataTable({ className, label, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <ScrollRegion
      label={label}
      className="scroll-shade relative overflow-x-auto rounded-[inherit] -outline-offset-2 print:overflow-visible"
    >
      <table className={cn('w-full border-collapse text-left text-sm', className)} {...rest} />
    </ScrollRegion>
  );
}

export function Th({ className, scope = 'col', ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope={scope}
      className={cn(
        'border-b border-line px-3 py-2.5 font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td
      className={cn(
        'border-b border-line px-3 py-2.5 align-top first:pl-4 last:pr-4 in-[tr:last-child]:border-b-0',
        className,
      )}
      {...rest}
    />
  );
}
