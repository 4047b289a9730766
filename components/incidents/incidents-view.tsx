import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { Paging } from '@/components/layout/paging';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { plural } from '@/components/ui/numbers';
import type { IncidentsPage } from '@/lib/incidents/types';
import { IncidentCard } from './incident-card';
import { IncidentForm } from './incident-form';

function titleOf({ items }: IncidentsPage): string {
  if (items.length === 0) return 'No incident.';
  const asked = items.filter(({ links }) => links.some(({ status }) => status === 'suggested')).length;
  if (asked === 0) return 'No link waits for your word.';
  return `${plural(asked, 'incident')} ${asked === 1 ? 'waits' : 'wait'} for your word.`;
}

type Props = {
  org: string;
  list: IncidentsPage;
  teams: { slug: string; name: string }[];
  cursor: string | undefined;
};

export function IncidentsView({ org, list, teams, cursor }: Props) {
  const { items, nextCursor } = list;
  return (
    <>
      <PageHeader
        title={titleOf(list)}
        lead="A link between an incident and a task is a suggestion until a person confirms it. Only then is it charged to the lane."
      />
      <div className="flex max-w-4xl flex-col gap-3">
        <Card aria-label="Record an incident" className="px-4 py-3">
          <Details summary="Record an incident by hand" open={items.length === 0}>
            <div className="mt-3 mb-1">
              <IncidentForm org={org} teams={teams} />
            </div>
          </Details>
        </Card>
        {items.length === 0 ? (
          <EmptyState title="Nothing has broken yet">
            Send incidents as <code className="font-mono text-sm">dev.gait.incident.opened.v1</code> events,
            or record the first one above.
          </EmptyState>
        ) : (
          items.map((incident) => <IncidentCard key={incident.ref} org={org} incident={incident} />)
        )}
        <Paging
          first={cursor ? paths.incidents(org) : null}
          next={nextCursor ? paths.incidents(org, { cursor: nextCursor }) : null}
        />
      </div>
    </>
  );
}
