import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { plural } from '@/components/ui/numbers';
import type { AgentList } from '@/lib/agents/types';
import { AgentCard } from './agent-card';
import { AgentForm } from './agent-form';

function titleOf(registered: number, shadows: number): string {
  const known = plural(registered, 'registered agent');
  if (registered + shadows === 0) return 'No agent yet.';
  if (shadows === 0) return `${known}, each with a sponsor.`;
  return `${known}; ${plural(shadows, 'agent')} nobody answers for.`;
}

export function AgentsView({ org, list }: { org: string; list: AgentList }) {
  const { items, people } = list;
  const shadows = items.filter(({ registeredAt }) => registeredAt === null);
  const registered = items.filter(({ registeredAt }) => registeredAt !== null);
  return (
    <>
      <PageHeader
        title={titleOf(registered.length, shadows.length)}
        lead="An agent is a registered non-human actor with a named human as its sponsor. What appears in evidence unregistered is a shadow agent."
      />
      <div className="flex max-w-4xl flex-col gap-3">
        <Card aria-label="Register an agent" className="px-4 py-3">
          <Details summary="Register an agent" open={items.length === 0}>
            <div className="mt-3 mb-1">
              <AgentForm org={org} people={people} />
            </div>
          </Details>
        </Card>
        {items.length === 0 ? (
          <EmptyState title="No agent is known">
            Register the first one above. Agents named in evidence appear here by themselves.
          </EmptyState>
        ) : null}
        {[...shadows, ...registered].map((agent) => (
          <AgentCard key={agent.key} org={org} agent={agent} people={people} />
        ))}
      </div>
    </>
  );
}
