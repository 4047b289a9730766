import { paths } from '@/components/layout/paths';
import { plural } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';

/** Agents that were seen in evidence and that nobody answers for. */
export function ShadowNotice({ org, agents }: { org: string; agents: readonly string[] }) {
  if (agents.length === 0) return null;
  return (
    <p className="mt-3 text-sm text-muted">
      <span className="font-medium text-amber">
        {plural(agents.length, 'agent')} {agents.length === 1 ? 'has' : 'have'} no sponsor:
      </span>{' '}
      <bdi>{agents.slice(0, 4).join(', ')}</bdi>
      {agents.length > 4 ? ' and others' : ''}. Seen in evidence, never registered.{' '}
      <TextLink href={paths.agents(org)}>Register</TextLink>
    </p>
  );
}
