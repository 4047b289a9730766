import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { DirectorySection } from '@/components/scim/directory-section';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { SectionHeading } from '@/components/ui/section-heading';
import type { DirectoryView } from '@/lib/scim/types';
import { removeConnectionAction } from '@/lib/sso/actions';
import type { ConnectionPage } from '@/lib/sso/types';
import { ConnectionForm } from './connection-form';
import { GroupsSection } from './groups-section';
import { ProviderSection } from './provider-section';
import { SamlForm } from './saml-form';
import { StatusChip } from './status-chip';
import { TrialSection } from './trial-section';
import { TwoSteps } from './two-steps';

const leads: Record<ConnectionPage['status'], string> = {
  draft: 'A draft: try it, look at what it says, then switch it on.',
  on: 'On: people of its domains sign in through it.',
  off: 'Off: nobody signs in through it.',
};

type Props = { org: string; connection: ConnectionPage; directory: DirectoryView };

/** One connection: set it up, try it, map its groups, switch it on. */
export function ConnectionView({ org, connection, directory }: Props) {
  const { id, name, status, cannotManage } = connection;
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
        <TrialSection org={org} connection={connection} />
        <ProviderSection org={org} connection={connection} />
        <GroupsSection org={org} connection={connection} />
        <DirectorySection org={org} connection={id} directory={directory} teams={connection.teams} />
        {cannotManage ? null : (
          <section>
            <SectionHeading id="settings">Settings</SectionHeading>
            <Card aria-labelledby="settings" className="flex flex-col gap-4 px-4 py-3.5">
              <Details summary="Change the settings">
                <div className="mt-3">
                  {connection.kind === 'saml' ? (
                    <SamlForm org={org} connection={connection} />
                  ) : (
                    <ConnectionForm org={org} connection={connection} />
                  )}
                </div>
              </Details>
              <TwoSteps
                summary="Remove the connection"
                follows="Its mappings, the roles they gave, its sessions, and what its directory has said end at once. People stay."
                action={removeConnectionAction}
                hidden={hidden}
              >
                Remove for good
              </TwoSteps>
            </Card>
          </section>
        )}
      </div>
    </>
  );
}
