import { paths } from '@/components/layout/paths';
import { Td } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/text-link';
import { UserText } from '@/components/ui/user-text';

type Props = { org: string; task: { ref: string; title: string } };

/** A task in a table: its title, and its ref below. */
export function TaskCell({ org, task: { ref, title } }: Props) {
  return (
    <Td className="w-full min-w-64" data-csv={`${ref} ${title}`}>
      <TextLink quiet href={paths.task(org, ref)} className="font-medium">
        <UserText clamp>{title}</UserText>
      </TextLink>
      <span className="block max-w-md truncate font-mono text-xs text-muted">{ref}</span>
    </Td>
  );
}
