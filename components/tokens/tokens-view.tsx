import { EmptyState } from '@/components/layout/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { plural } from '@/components/ui/numbers';
import type { TokenList } from '@/lib/tokens/types';
import { TokenForm } from './token-form';
import { TokensTable } from './tokens-table';

export function TokensView({ org, list }: { org: string; list: TokenList }) {
  const { items, scopes, teams } = list;
  const working = items.filter(({ revokedAt, expired }) => !revokedAt && !expired).length;
  return (
    <div className="max-w-4xl">
      <PageHeader
        trail={[{ label: 'Settings', href: paths.settings(org) }]}
        title={
          working === 0
            ? 'No token works.'
            : `${plural(working, 'token')} ${working === 1 ? 'works' : 'work'}.`
        }
        lead="A token lets CI, a script or an agent speak to Gait. It may do only what is ticked, and it ends by itself."
      />
      <Card aria-label="Make a token" className="mb-6 p-5">
        <h2 className="mb-4 text-lg font-semibold">Make a token</h2>
        <TokenForm org={org} scopes={scopes} teams={teams} />
      </Card>
      {items.length === 0 ? (
        <EmptyState title="No token yet">Make the first one above, then send evidence with it.</EmptyState>
      ) : (
        <Card>
          <TokensTable org={org} tokens={items} />
        </Card>
      )}
    </div>
  );
}
