import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { TextLink } from '@/components/ui/text-link';
import type { SignInSettings } from '@/lib/sso/types';
import { ConnectionForm } from './connection-form';
import { DomainsSection } from './domains-section';
import { EnforceSection } from './enforce-section';
import { SamlForm } from './saml-form';
import { StatusChip } from './status-chip';

function titleOf({ connections, ssoEnforced }: SignInSettings): string {
  const on = connections.filter(({ status }) => status === 'on').length;
  if (on === 0) return 'People sign in by one-time links.';
  return ssoEnforced
    ? `People sign in through ${plural(on, 'connection')}, and in no other way.`
    : `People sign in through ${plural(on, 'connection')}, or by links.`;
}

/** How people sign in: which providers, for which domains, and whether links still do. */
export function SignInView({ org, settings }: { org: string; settings: SignInSettings }) {
  const { connections, cannotManage } = settings;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Settings', href: paths.settings(org) }]}
        title={titleOf(settings)}
        lead="A connection leads to your identity provider. It vouches only for addresses of domains that you have proven to be yours."
      />
      <div className="flex max-w-4xl flex-col gap-8">
        {cannotManage ? <Notice>{cannotManage}</Notice> : null}
        <section>
          <SectionHeading id="connections">Connections</SectionHeading>
          <Card aria-labelledby="connections">
            {connections.length === 0 ? (
              <p className="px-4 py-3 text-sm text-muted">None yet.</p>
            ) : (
              <ul className="divide-y divide-line">
                {connections.map(({ id, name, kind, status, domains }) => (
                  <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 text-sm">
                    <TextLink quiet href={paths.connection(org, id)} className="font-medium">
                      <bdi>{name}</bdi>
                    </TextLink>
                    <StatusChip status={status} />
                    <span className="text-muted">
                      {kind === 'oidc' ? 'OpenID Connect' : 'SAML'}
                      {domains.length > 0 ? ` · ${domains.join(', ')}` : ' · for no domain yet'}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {cannotManage ? null : (
              <Details
                summary="Add an OpenID provider"
                open={connections.length === 0}
                className="border-t border-line px-4 py-3"
              >
                <div className="mt-3 mb-1">
                  <ConnectionForm org={org} />
                </div>
              </Details>
            )}
            {cannotManage ? null : (
              <Details summary="Add a SAML provider" className="border-t border-line px-4 py-3">
                <div className="mt-3 mb-1">
                  <SamlForm org={org} />
                </div>
              </Details>
            )}
          </Card>
        </section>
        <DomainsSection org={org} settings={settings} />
        <EnforceSection org={org} settings={settings} />
      </div>
    </>
  );
}
