import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import { switchConnectionAction, tryConnectionAction } from '@/lib/sso/actions';
import type { ConnectionPage, FailedTrial, SeenTrial } from '@/lib/sso/types';
import { SmallForm } from './small-form';

/** Tries the connection, shows what the latest trial received and what Gait would have made of it, and switches it on. */
export function TrialSection({ org, connection }: { org: string; connection: ConnectionPage }) {
  const { id, status, trial, triedAt, cannotManage } = connection;
  const hidden = { organisation: org, connection: id };
  const isGood = trial !== null && 'admitted' in trial && trial.admitted;
  return (
    <section>
      <SectionHeading
        id="trial"
        aside={
          triedAt ? (
            <>
              tried <Time at={triedAt} />
            </>
          ) : null
        }
      >
        What it says of people
      </SectionHeading>
      <Card aria-labelledby="trial" className="flex flex-col gap-3 px-4 py-3.5 text-sm">
        {status === 'on' && trial === null ? (
          <Notice tone="amber">
            It was changed while it is on: people sign in with the changed values from now on, and nobody has
            tried these. Try them now.
          </Notice>
        ) : null}
        {cannotManage ? null : (
          <div className="flex flex-wrap items-center gap-3">
            <SmallForm action={tryConnectionAction} hidden={hidden} look={isGood ? 'plain' : 'primary'}>
              Try it
            </SmallForm>
            {status === 'on' ? (
              <SmallForm action={switchConnectionAction} hidden={{ ...hidden, to: 'off' }}>
                Switch it off
              </SmallForm>
            ) : (
              <SmallForm
                action={switchConnectionAction}
                hidden={{ ...hidden, to: 'on' }}
                look={isGood ? 'primary' : 'plain'}
              >
                Switch it on
              </SmallForm>
            )}
          </div>
        )}
        {status === 'on' || isGood ? null : (
          <p className="text-muted">It can be switched on once a trial would let the person in.</p>
        )}
        {trial === null || triedAt === null ? (
          <p className="text-muted">
            Not tried since it was last changed.{' '}
            {status === 'draft' ? 'Register Gait at the provider first, with the values below. ' : ''}A trial
            signs you in at the provider, shows here what came back, and changes nothing.
          </p>
        ) : 'failure' in trial ? (
          <Failed trial={trial} triedAt={triedAt} />
        ) : (
          <Seen trial={trial} connection={connection} />
        )}
      </Card>
    </section>
  );
}

function Failed({ trial, triedAt }: { trial: FailedTrial; triedAt: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-red wrap-anywhere">
        <span className="font-medium">
          The trial of <Time at={triedAt} style="exact" /> UTC failed:
        </span>{' '}
        <bdi>{trial.failure}</bdi>
      </p>
      <p className="text-muted">
        docs/sign-in.md says what to do about it, under “When it does not work”. In the log it is request{' '}
        <code className="font-mono text-xs break-all">{trial.requestId}</code>.
      </p>
    </div>
  );
}

type SeenProps = { trial: SeenTrial; connection: ConnectionPage };

function Seen({ trial, connection: { kind, settings } }: SeenProps) {
  const what = kind === 'saml' ? 'attributes' : 'claims';
  return (
    <>
      <p className={`font-medium ${trial.admitted ? 'text-run' : 'text-red'}`}>{trial.outcome}</p>
      {trial.person ? (
        <dl className="grid grid-cols-[6rem_1fr] gap-x-2 gap-y-1.5">
          {Object.entries({
            Person: trial.person.subject,
            Name: trial.person.name,
            Address: addressOf(trial.person, settings.trustsAddresses),
            Groups: trial.person.groups.join(', ') || 'none',
            Roles: trial.roles.join(', ') || 'none: no mapping applies',
          }).map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="min-w-0 wrap-anywhere">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {trial.notes.map((note) => (
        <p key={note} className="text-amber">
          {note}
        </p>
      ))}
      <Details summary={`The ${what} as they came`}>
        <div className="mt-2">
          <CodeBlock label={what} code={JSON.stringify(trial.claims, null, 2)} />
        </div>
      </Details>
    </>
  );
}

/** An address counts as verified by the provider's word, or since its admins set all of them. */
function addressOf({ email, emailVerified }: NonNullable<SeenTrial['person']>, isTrusted: boolean): string {
  if (email === null) return 'none';
  if (emailVerified) return `${email} (verified by the provider)`;
  return isTrusted
    ? `${email} (counts as verified, since the provider’s admins set the addresses)`
    : `${email} (not verified)`;
}
