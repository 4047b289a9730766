import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy-button';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { Time } from '@/components/ui/time';
import {
  claimDomainAction,
  dropDomainAction,
  routeDomainAction,
  verifyDomainAction,
} from '@/lib/sso/actions';
import { NO_CONNECTION } from '@/lib/sso/schema';
import type { DomainRow, SignInSettings } from '@/lib/sso/types';
import { SmallForm } from './small-form';
import { TwoSteps } from './two-steps';

/** The domains that the organisation claims, each with its proof and its connection. */
export function DomainsSection({ org, settings }: { org: string; settings: SignInSettings }) {
  const { domains, cannotManage } = settings;
  return (
    <section>
      <SectionHeading id="domains">Domains</SectionHeading>
      <Card aria-labelledby="domains">
        {domains.length === 0 ? (
          <p className="px-4 py-3 text-sm text-muted">None yet. Whoever signs in needs an address of one.</p>
        ) : (
          <ul className="divide-y divide-line">
            {domains.map((domain) => (
              <DomainItem key={domain.domain} org={org} domain={domain} settings={settings} />
            ))}
          </ul>
        )}
        {cannotManage ? null : (
          <ActionForm
            action={claimDomainAction}
            hidden={{ organisation: org }}
            className="flex flex-wrap items-end gap-3 border-t border-line px-4 py-3"
          >
            <TextField
              name="domain"
              label="Another domain"
              required
              maxLength={253}
              placeholder="example.com"
              className="basis-64"
            />
            <SubmitButton>Claim it</SubmitButton>
            <FormMessage />
          </ActionForm>
        )}
      </Card>
    </section>
  );
}

type ItemProps = { org: string; domain: DomainRow; settings: SignInSettings };

function DomainItem({ org, domain: row, settings }: ItemProps) {
  const { domain, proof, connection, verifiedAt, checkedAt, missingSince } = row;
  const { connections, cannotManage } = settings;
  const hidden = { organisation: org, domain };
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3.5 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{domain}</span>
        <Chip tone={verifiedAt ? 'green' : 'amber'}>{verifiedAt ? 'verified' : 'not verified'}</Chip>
        {missingSince && verifiedAt ? <Chip tone="red">proof missing</Chip> : null}
        <span className="ml-auto text-muted">
          {checkedAt ? (
            <>
              looked <Time at={checkedAt} />
            </>
          ) : (
            'not looked for yet'
          )}
        </span>
      </p>
      {verifiedAt && !missingSince ? null : (
        <div className="flex flex-col gap-1.5">
          <p className="text-muted">
            {verifiedAt
              ? 'This TXT record is gone from DNS. Publish it again: once it has been missing for three days, the domain no longer counts.'
              : 'Publish this TXT record, then look for it. Gait looks every day, too.'}
          </p>
          {[proof.name, proof.value].map((text) => (
            <p key={text} className="flex items-center gap-2">
              <code className="min-w-0 flex-1 font-mono text-xs break-all">{text}</code>
              <CopyButton text={text} />
            </p>
          ))}
        </div>
      )}
      {cannotManage ? null : (
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <ActionForm action={routeDomainAction} hidden={hidden} className="flex flex-wrap items-end gap-2">
            <SelectField
              name="connection"
              label="Signs in through"
              required
              defaultValue={connection ?? NO_CONNECTION}
              options={[
                { value: NO_CONNECTION, label: 'no connection' },
                ...connections.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <SubmitButton>Save</SubmitButton>
            <FormMessage />
          </ActionForm>
          <SmallForm action={verifyDomainAction} hidden={hidden}>
            Look for the proof
          </SmallForm>
        </div>
      )}
      {cannotManage ? null : (
        <TwoSteps
          summary={
            <>
              Give it up… <span className="sr-only">{domain}</span>
            </>
          }
          follows={
            verifiedAt
              ? `From then on nobody with an address at ${domain} signs in through a connection, and another organisation may claim it. To have it back you prove it anew.`
              : 'The proof above counts for nothing then. To have the domain back you publish another one.'
          }
          action={dropDomainAction}
          hidden={hidden}
        >
          Give {domain} up
        </TwoSteps>
      )}
    </li>
  );
}
