import { cn } from './class-names';

type Props = { children: string; clamp?: boolean; className?: string };

/** Text that people or agents wrote: any direction, any length. Clamped to two lines in lists. */
export function UserText({ children, clamp = false, className }: Props) {
  return (
    <bdi
      className={cn('wrap-anywhere', clamp && 'line-clamp-2', className)}
      title={clamp ? children : undefined}
    >
      {children}
    </bdi>
  );
}
