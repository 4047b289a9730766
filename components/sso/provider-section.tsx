import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Details } from '@/components/ui/details';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import { addNextCertificateAction, rereadMetadataAction, takeNextCertificateAction } from '@/lib/sso/actions';
import type { Certificate, ConnectionPage, SamlPage } from '@/lib/sso/types';
import { SmallForm } from './small-form';

/** What to enter at the provider, each to copy; and for SAML both sides' certificates. */
export function ProviderSection({ org, connection }: { org: string; connection: ConnectionPage }) {
  return (
    <section>
      <SectionHeading id="provider">At the provider</SectionHeading>
      <Card aria-labelledby="provider" className="flex flex-col gap-3 px-4 py-3.5 text-sm">
        {connection.kind === 'oidc' ? (
          <>
            <p className="text-muted">Register Gait as a web application that sends people back here:</p>
            <Copied label="Redirect URI" value={connection.redirectUri} />
          </>
        ) : (
          <SamlValues org={org} connection={connection} />
        )}
      </Card>
    </section>
  );
}

function SamlValues({ org, connection }: { org: string; connection: SamlPage }) {
  const { id, addresses, own, theirs, settings, cannotManage } = connection;
  const hidden = { organisation: org, connection: id };
  const [current, next] = own;
  return (
    <>
      <p className="text-muted">Register Gait as a SAML application with these values, or by its metadata:</p>
      <Copied label="Entity ID (audience)" value={addresses.entityId} />
      <Copied label="Assertion consumer service (reply URL)" value={addresses.acsUrl} />
      <Copied label="Metadata of Gait" value={addresses.metadataUrl} />
      {current ? <CertificateLine label="Gait’s certificate" certificate={current} /> : null}
      {next ? <CertificateLine label="Gait’s next certificate" certificate={next} /> : null}
      {cannotManage ? null : next ? (
        <div className="flex flex-col items-start gap-1.5">
          <p className="text-muted">
            Both are in the metadata. Once the provider knows the next one, take it into use: the old one is
            dropped then.
          </p>
          <SmallForm action={takeNextCertificateAction} hidden={hidden}>
            Take the next one into use
          </SmallForm>
        </div>
      ) : (
        <SmallForm action={addNextCertificateAction} hidden={hidden}>
          Make the next certificate
        </SmallForm>
      )}
      <div className="flex flex-col gap-2 border-t border-line pt-3">
        <Copied label="Entity ID of the provider" value={settings.provider.entityId} />
        {theirs.map((certificate) => (
          <CertificateLine
            key={certificate.fingerprint}
            label="The provider’s certificate"
            certificate={certificate}
          />
        ))}
        <p className="text-muted">
          Metadata read <Time at={settings.metadataReadAt} />
          {settings.metadataUrl ? (
            <>
              {' '}
              from <span className="wrap-anywhere">{settings.metadataUrl}</span>.
            </>
          ) : (
            ', as it was given. When the provider changes its certificate, give the new one under the settings.'
          )}
        </p>
        {settings.metadataUrl && !cannotManage ? (
          <SmallForm action={rereadMetadataAction} hidden={hidden}>
            Read it again now
          </SmallForm>
        ) : null}
      </div>
    </>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <p className="text-muted">{label}</p>
      <p className="flex items-center gap-2">
        <code className="min-w-0 flex-1 font-mono text-xs break-all">{value}</code>
        <CopyButton text={value} />
      </p>
    </div>
  );
}

function CertificateLine({ label, certificate }: { label: string; certificate: Certificate }) {
  const { fingerprint, until, pem, isExpired } = certificate;
  return (
    <div>
      {isExpired ? (
        <p className="text-red">
          {label} expired on <Time at={until} style="date" />. It still counts as a signature, but ask for a
          new one.
        </p>
      ) : (
        <p className="text-muted">
          {label}, until <Time at={until} style="date" />
        </p>
      )}
      <Details summary={<code className="font-mono text-xs break-all">{fingerprint}</code>}>
        <p className="mt-1 flex items-start gap-2">
          <code className="min-w-0 flex-1 font-mono text-xs break-all">{pem}</code>
          <CopyButton text={pem} />
        </p>
      </Details>
    </div>
  );
}
