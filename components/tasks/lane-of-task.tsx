import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';
import type { TaskRow } from '@/lib/tasks/types';

type Props = {
  org: string;
  task: Pick<TaskRow, 'team' | 'teamName' | 'category' | 'categoryName' | 'decidedAt'>;
  quiet?: boolean;
};

/** Where a task counts. A lane begins with its first decided task, so an undecided one leads to none yet. */
export function LaneOfTask({ org, task, quiet = false }: Props) {
  const { team, teamName, category, categoryName, decidedAt } = task;
  const name = (
    <>
      <bdi>{teamName}</bdi> · <bdi>{categoryName}</bdi>
    </>
  );
  if (decidedAt === null) return name;
  return (
    <TextLink quiet={quiet} href={paths.lane(org, team, category)}>
      {name}
    </TextLink>
  );
}
