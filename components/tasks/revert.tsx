import { Chip } from '@/components/ui/chip';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import type { TaskPage } from '@/lib/tasks/types';

/** That it was taken back later, which is charged to the lane. */
export function Revert({ revertedAt }: Pick<TaskPage, 'revertedAt'>) {
  if (!revertedAt) return null;
  return (
    <section>
      <SectionHeading>Charged to it</SectionHeading>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Chip tone="red">Reverted</Chip>
        <span className="text-muted">
          <Time at={revertedAt} />
        </span>
      </p>
    </section>
  );
}
