import { LinkForm } from '@/components/incidents/link-form';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { SectionHeading } from '@/components/ui/section-heading';
import { UserText } from '@/components/ui/user-text';
import type { TaskPage } from '@/lib/tasks/types';

type Props = { org: string; task: string; suggestions: TaskPage['suggestedIncidents'] };

/** Incidents that may come from this task, waiting for a person's word. */
export function SuggestedIncidents({ org, task, suggestions }: Props) {
  if (suggestions.length === 0) return null;
  return (
    <section>
      <SectionHeading id="suggested">Did this task cause it?</SectionHeading>
      <Card aria-labelledby="suggested">
        <ul className="divide-y divide-line">
          {suggestions.map(({ ref, title, severity, confidence }) => (
            <li key={ref} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <div className="min-w-0 flex-1 basis-56 text-sm">
                <p className="flex flex-wrap items-center gap-2">
                  <Chip tone="red">{severity}</Chip>
                  <UserText className="font-medium">{title}</UserText>
                </p>
                <p className="text-muted">
                  <code className="font-mono text-xs">{ref}</code>
                  {confidence === null ? '' : ` · ${Math.round(confidence * 100)} % sure`}
                </p>
              </div>
              <LinkForm org={org} incident={ref} task={task} />
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
