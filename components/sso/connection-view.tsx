import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { DirectorySection } from '@/components/scim/directory-section';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { SectionHeading } from '@/components/ui/section-heading';
import type { DirectoryView } from '@/lib/scim/types';
import { removeConnectionAction, switchConnectionAction, tryConnectionAction } from '@/lib/sso/actions';
import type { ConnectionPage } from '@/lib/sso/types';
import { ConnectionForm } from './connection-form';
import { GroupsSection } from './groups-section';
import { ProviderSection } from './provider-section';
import { SamlForm } from './saml-form';
import { SmallForm } from './small-form';
import { StatusChip } from './status-chip';
import { TrialSection } from './trial-section';

const leads: Record<ConnectionPage['status'], string> = {
  draft: 'A draft: try it, look at what it says, then switch it on.',
  on: 'On: people of its domains sign in through it.',
  off: 'Off: nobody signs in through it.',
};

type Props = { org: string; connection: ConnectionPage; directory: DirectoryView };

/** One connection: set it up, try it, map its groups, switch it on. */
export function ConnectionView({ org, connection, directory }: Props) {
  const { id, name, status, triedAt, cannotManage } = connection;
  const hidden = { organisation: org, connection: id };
  return (
    <>
      <PageHeader
        trail={[
          { label: 'Settings', href: paths.settings(org) },
          { label: 'Sign-in', href: paths.signIn(org) },
        ]}
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            <bdi>{name}</bdi> <StatusChip status={status} />
          </span>
        }
        lead={leads[status]}
      />
      <div className="flex max-w-4xl flex-col gap-8">
        {cannotManage ? <Notice>{cannotManage}</Notice> : null}
        <ProviderSection org={org} connection={connection} />
        <TrialSection connection={connection} />
        <GroupsSection org={org} connection={connection} />
        <DirectorySection org={org} connection={id} directory={directory} teams={connection.teams} />
        {cannotManage ? null : (
          <section>
            <SectionHeading id="settings">Settings</SectionHeading>
            <Card aria-labelledby="settings" className="flex flex-col gap-4 px-4 py-3.5">
              <div className="flex flex-wrap items-center gap-3">
                <SmallForm action={tryConnectionAction} hidden={hidden} look={triedAt ? 'plain' : 'primary'}>
                  Try it
                </SmallForm>
                <SmallForm
                  action={switchConnectionAction}
                  hidden={{ ...hidden, to: status === 'on' ? 'off' : 'on' }}
                >
                  {status === 'on' ? 'Switch it off' : 'Switch it on'}
                </SmallForm>
              </div>
              <Details summary="Change the settings">
                <div className="mt-3">
                  {connection.kind === 'saml' ? (
                    <SamlForm org={org} connection={connection} />
                  ) : (
                    <ConnectionForm org={org} connection={connection} />
                  )}
                </div>
              </Details>
              <Details summary="Remove the connection">
                <div className="mt-3 flex flex-col items-start gap-2 text-sm">
                  <p className="text-muted">
                    Its mappings, the roles they gave, its sessions, and what its directory has said end at
                    once. People stay.
                  </p>
                  <SmallForm action={removeConnectionAction} hidden={hidden} look="danger">
                    Remove for good
                  </SmallForm>
                </div>
              </Details>
            </Card>
          </section>
        )}
      </div>
    </>
  );
}
