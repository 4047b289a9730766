import { Chip } from '@/components/ui/chip';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { Time } from '@/components/ui/time';
import type { TokenRow } from '@/lib/tokens/types';
import { ReplaceForm } from './replace-form';
import { RevokeForm } from './revoke-form';

function standingOf({ revokedAt, expired, replaced }: TokenRow) {
  if (revokedAt) return <Chip>revoked</Chip>;
  if (replaced && !expired) return <Chip tone="amber">replaced, still works</Chip>;
  return expired ? <Chip tone="amber">expired</Chip> : <Chip tone="green">works</Chip>;
}

export function TokensTable({ org, tokens }: { org: string; tokens: readonly TokenRow[] }) {
  return (
    <DataTable label="Tokens">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>May</Th>
          <Th>Made</Th>
          <Th>Last used</Th>
          <Th>Expires</Th>
          <Th>
            <span className="sr-only">Replace or revoke</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <Td>
              <span className="flex flex-wrap items-center gap-2 font-medium">
                <bdi>{token.name}</bdi> {standingOf(token)}
              </span>
              <code className="font-mono text-xs text-muted">{token.prefix}</code>
            </Td>
            <Td className="text-xs leading-5">
              <span className="font-mono">{token.scopes.join(', ')}</span>
              {token.teamName ? (
                <span className="block text-muted">
                  only <bdi>{token.teamName}</bdi>
                </span>
              ) : null}
            </Td>
            <Td className="text-muted">
              <Time at={token.createdAt} /> by <bdi>{token.createdBy}</bdi>
            </Td>
            <Td className="text-muted">{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : 'never'}</Td>
            <Td className="text-muted">
              <Time at={token.expiresAt} style="dayOfYear" />
            </Td>
            <Td>
              {token.revokedAt || token.expired ? null : (
                <div className="flex min-w-56 flex-col gap-1">
                  <ReplaceForm org={org} id={token.id} name={token.name} isReplaced={token.replaced} />
                  <RevokeForm org={org} id={token.id} name={token.name} besides={token.besides} />
                </div>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
