import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Details } from '@/components/ui/details';
import { SectionHeading } from '@/components/ui/section-heading';
import { Time } from '@/components/ui/time';
import type { ConnectionPage } from '@/lib/sso/types';

/** What the latest trial received, and what Gait would have made of it. */
export function TrialSection({ connection }: { connection: ConnectionPage }) {
  const { trial, triedAt, kind } = connection;
  const what = kind === 'saml' ? 'attributes' : 'claims';
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
        {trial ? (
          <>
            <p className={`font-medium ${trial.admitted ? 'text-run' : 'text-red'}`}>{trial.outcome}</p>
            {trial.person ? (
              <dl className="grid grid-cols-[6rem_1fr] gap-x-2 gap-y-1.5">
                {Object.entries({
                  Person: trial.person.subject,
                  Name: trial.person.name,
                  Address: trial.person.email
                    ? `${trial.person.email} (${trial.person.emailVerified ? 'verified' : 'not verified'})`
                    : 'none',
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
        ) : (
          <p className="text-muted">
            Not tried since it was last changed. A trial signs you in at the provider, shows here what came
            back, and changes nothing.
          </p>
        )}
      </Card>
    </section>
  );
}
