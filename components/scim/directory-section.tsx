import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { FormMessage } from '@/components/ui/form-message';
import { NewSecret } from '@/components/ui/new-secret';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { createDirectoryTokenAction } from '@/lib/scim/actions';
import type { DirectoryView } from '@/lib/scim/types';
import { DirectoryPeople } from './directory-people';

type Props = {
  org: string;
  connection: string;
  directory: DirectoryView;
  teams: readonly { slug: string; name: string }[];
};

/** The company's directory (SCIM): where it speaks to, by which token, and where its people land. */
export function DirectorySection({ org, connection, directory, teams }: Props) {
  const { baseUrl, users, groups, lastSpokeAt, people, cannotManage } = directory;
  const total = users.active + users.switchedOff;
  return (
    <section>
      <SectionHeading
        id="directory"
        aside={
          lastSpokeAt ? (
            <>
              last spoke <Time at={lastSpokeAt} />
            </>
          ) : (
            'has never spoken'
          )
        }
      >
        Directory
      </SectionHeading>
      <Card aria-labelledby="directory" className="flex flex-col">
        <div className="flex flex-col gap-3 px-4 py-3.5 text-sm">
          <p className="text-muted">
            With SCIM the provider makes and removes people here, and says who is in which group. Give it this
            base URL and a token.
          </p>
          <p className="flex items-center gap-2">
            <code className="min-w-0 flex-1 font-mono text-xs break-all">{baseUrl}</code>
            <CopyButton text={baseUrl} />
          </p>
          <Tokens directory={directory} />
          {cannotManage ? null : (
            <ActionForm
              action={createDirectoryTokenAction}
              hidden={{ organisation: org, connection }}
              className="flex flex-col items-start gap-3"
            >
              <FormMessage />
              <NewSecret />
              <SubmitButton size="small">Make a SCIM token</SubmitButton>
            </ActionForm>
          )}
          <p>
            {total === 0
              ? 'It has sent nobody yet.'
              : `It has sent ${plural(total, 'user')}, ${users.switchedOff} of them switched off, and ${plural(groups, 'group')}.`}
          </p>
        </div>
        <DirectoryPeople org={org} people={people} total={Math.max(total, people.length)} teams={teams} />
      </Card>
    </section>
  );
}

function Tokens({ directory: { tokens } }: Pick<Props, 'directory'>) {
  if (tokens.length === 0)
    return <p className="text-amber">No token works, so the directory cannot speak.</p>;
  return (
    <ul className="flex flex-col gap-1">
      {tokens.map(({ id, prefix, expiresAt, lastUsedAt }) => (
        <li key={id} className="text-muted">
          Token <code className="font-mono text-xs">{prefix}</code> works until{' '}
          <Time at={expiresAt} style="dayOfYear" />,{' '}
          {lastUsedAt ? (
            <>
              last used <Time at={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </li>
      ))}
    </ul>
  );
}
