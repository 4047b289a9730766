import { LinkForm } from '@/components/incidents/link-form';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import { UserText } from '@/components/ui/user-text';
import type { TaskPage } from '@/lib/tasks/types';

type Props = { org: string; task: string; incidents: TaskPage['incidents'] };

/** Incidents that came from this task, or may have: those wait for a person's word. */
export function LinkedIncidents({ org, task, incidents }: Props) {
  if (incidents.length === 0) return null;
  return (
    <section>
      <SectionHeading id="incidents">Incidents</SectionHeading>
      <Card aria-labelledby="incidents">
        <ul className="divide-y divide-line">
          {incidents.map(({ ref, title, severity, confidence, linkedAt, ...link }) => (
            <li key={ref} className="flex flex-col gap-2 px-4 py-3 text-sm">
              <div>
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <Chip tone="red">{severity}</Chip>
                  <UserText className="min-w-0 font-medium">{title}</UserText>
                  <span className="ml-auto text-muted">
                    <Time at={linkedAt} />
                  </span>
                </p>
                <p className="mt-0.5 text-xs text-muted wrap-anywhere">
                  <code className="font-mono">{ref}</code>
                  {link.status === 'suggested' && confidence !== null
                    ? ` · ${Math.round(confidence * 100)} % sure`
                    : ''}
                </p>
              </div>
              <LinkForm org={org} incident={ref} task={task} link={link} />
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
