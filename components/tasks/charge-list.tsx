import { Chip } from '@/components/ui/chip';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import { UserText } from '@/components/ui/user-text';
import type { TaskPage } from '@/lib/tasks/types';

/** Bad news that came later, and is charged to the lane. */
export function ChargeList({ charges }: { charges: TaskPage['charges'] }) {
  if (charges.length === 0) return null;
  return (
    <section>
      <SectionHeading>Charged to it</SectionHeading>
      <ul className="flex flex-col gap-2 text-sm">
        {charges.map(({ kind, severity, at, incidentRef, incidentTitle }) => (
          <li key={`${kind}${incidentRef ?? ''}${at}`} className="flex flex-wrap items-center gap-2">
            <Chip tone="red">{kind === 'revert' ? 'Reverted' : (severity ?? 'Incident')}</Chip>
            {incidentTitle ? <UserText>{incidentTitle}</UserText> : null}
            {incidentRef ? <code className="font-mono text-xs text-muted">{incidentRef}</code> : null}
            <span className="text-muted">
              <Time at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
