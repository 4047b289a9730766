import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { besideTitle, TitleText } from '@/components/ui/title-text';
import type { IncidentsPage, LinkDetails } from '@/lib/incidents/types';
import { LinkForm } from './link-form';
import { SeverityChip } from './severity-chip';

function LinkedTask({ org, incident, link }: { org: string; incident: string; link: LinkDetails }) {
  const { taskRef, taskTitle, status, confidence } = link;
  return (
    <li className="flex flex-col gap-2 py-2.5 text-sm">
      <div>
        <TextLink quiet href={paths.task(org, taskRef)} className="font-medium">
          <TitleText clamp title={taskTitle} refName={taskRef} />
        </TextLink>
        <span className="block text-xs text-muted">
          <code className="font-mono wrap-anywhere">{besideTitle(taskTitle, taskRef)}</code>
          {status === 'suggested' && confidence !== null ? ` · ${Math.round(confidence * 100)} % sure` : ''}
        </span>
      </div>
      <LinkForm org={org} incident={incident} task={taskRef} link={link} />
    </li>
  );
}

/** An incident and the tasks it may have come from. */
export function IncidentCard({ org, incident }: { org: string; incident: IncidentsPage['items'][number] }) {
  const { ref, title, severity, cause, teamName, url, openedAt, resolvedAt, links } = incident;
  return (
    <Card aria-label={title ?? ref} className="px-4 py-3.5">
      <h2 className="flex flex-wrap items-center gap-2 font-semibold">
        <SeverityChip severity={severity} />
        {url ? (
          <a href={url} rel="noreferrer" className="min-w-0 rounded-sm hover:underline">
            <TitleText clamp title={title} refName={ref} />
          </a>
        ) : (
          <TitleText clamp title={title} refName={ref} />
        )}
        <Chip tone={resolvedAt ? 'green' : 'amber'} className="ml-auto">
          {resolvedAt ? 'Resolved' : 'Open'}
        </Chip>
      </h2>
      <p className="mt-1 flex flex-wrap gap-x-3 text-sm text-muted">
        <code className="font-mono text-xs leading-5 wrap-anywhere">{besideTitle(title, ref)}</code>
        <span>
          opened <Time at={openedAt} />
        </span>
        {resolvedAt ? (
          <span>
            resolved <Time at={resolvedAt} />
          </span>
        ) : null}
        {teamName ? <bdi>{teamName}</bdi> : null}
        <span>{cause ? `cause: ${cause}` : 'cause not known'}</span>
      </p>
      {links.length > 0 ? (
        <ul className="mt-2 divide-y divide-line border-t border-line">
          {links.map((link) => (
            <LinkedTask key={link.taskRef} org={org} incident={ref} link={link} />
          ))}
        </ul>
      ) : (
        <p className="mt-2 text-sm text-muted">No task is linked to it.</p>
      )}
    </Card>
  );
}
