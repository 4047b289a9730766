import type { ReactNode } from 'react';
import { paths } from '@/components/layout/paths';
import { cn } from '@/components/ui/class-names';
import { Td } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/text-link';
import { besideTitle, TitleText } from '@/components/ui/title-text';

type Props = {
  org: string;
  task: { ref: string; title: string | null };
  className?: string;
  children?: ReactNode;
};

/** A task in a table: its title, and its ref below. */
export function TaskCell({ org, task: { ref, title }, className = 'min-w-64', children }: Props) {
  return (
    <Td className={cn('w-full', className)} data-csv={title === null ? ref : `${ref} ${title}`}>
      <TextLink quiet href={paths.task(org, ref)} className="font-medium">
        <TitleText clamp title={title} refName={ref} />
      </TextLink>
      <span className="block max-w-md truncate font-mono text-xs text-muted">{besideTitle(title, ref)}</span>
      {children}
    </Td>
  );
}
