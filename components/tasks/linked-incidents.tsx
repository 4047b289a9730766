import { LinkForm } from '@/components/incidents/link-form';
import { SeverityChip } from '@/components/incidents/severity-chip';
import { Card } from '@/components/ui/card';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import { besideTitle, TitleText } from '@/components/ui/title-text';
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
                  <SeverityChip severity={severity} />
                  <TitleText className="min-w-0 font-medium" title={title} refName={ref} />
                  <span className="ml-auto text-muted">
                    <Time at={linkedAt} />
                  </span>
                </p>
                <p className="mt-0.5 text-xs text-muted wrap-anywhere">
                  <code className="font-mono">{besideTitle(title, ref)}</code>
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
