import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { Chip, type Tone } from '@/components/ui/chip';
import { Details } from '@/components/ui/details';
import { plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { AgentRow } from '@/lib/agents/types';
import { AgentForm } from './agent-form';

const statusTone = {
  proposed: 'blue',
  active: 'green',
  paused: 'amber',
  retired: 'quiet',
} as const satisfies Record<AgentRow['status'], Tone>;

type Props = { org: string; agent: AgentRow; people: { id: string; name: string }[] };

export function AgentCard({ org, agent, people }: Props) {
  const {
    key,
    name,
    vendor,
    model,
    version,
    sponsor,
    scope,
    status,
    registeredAt,
    firstSeenAt,
    lastSeenAt,
    taskCount,
  } = agent;
  const isShadow = registeredAt === null;
  const make = [vendor, model, version].filter(Boolean).join(' · ');
  return (
    <Card aria-label={name} className="flex flex-col gap-1.5 px-4 py-3.5">
      <h2 className="flex flex-wrap items-center gap-2 font-semibold wrap-anywhere">
        <bdi>{name}</bdi>
        <Chip tone={isShadow ? 'amber' : statusTone[status]}>{isShadow ? 'shadow agent' : status}</Chip>
        <code className="ml-auto font-mono text-xs font-normal text-muted">{key}</code>
      </h2>
      <p className="text-sm">
        {isShadow ? (
          <span className="text-amber">Seen in evidence, never registered. Nobody answers for it.</span>
        ) : (
          <>
            Sponsor: <bdi className="font-medium">{sponsor ?? 'none'}</bdi>
          </>
        )}
      </p>
      <p className="text-sm text-muted">
        {make ? <bdi>{make} · </bdi> : null}
        <TextLink href={paths.tasks(org, { agent: key })}>{plural(taskCount, 'task')}</TextLink>
        {firstSeenAt ? (
          <>
            {' '}
            · first seen <Time at={firstSeenAt} />
          </>
        ) : null}
        {lastSeenAt ? (
          <>
            {' '}
            · last seen <Time at={lastSeenAt} />
          </>
        ) : null}
      </p>
      {scope ? (
        <p className="text-sm text-muted">
          Scope: <bdi>{scope}</bdi>
        </p>
      ) : null}
      {isShadow ? (
        <Details summary="Register it" className="mt-1">
          <div className="mt-3">
            <AgentForm org={org} people={people} shadow={{ key, name }} />
          </div>
        </Details>
      ) : null}
    </Card>
  );
}
