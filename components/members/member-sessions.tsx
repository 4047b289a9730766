import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { endSessionsAction } from '@/lib/members/actions';
import type { SessionRow } from '@/lib/members/types';

type Props = { org: string; person: string; sessions: readonly SessionRow[] };

/** Where the person is signed in; each session, or all, can be ended. */
export function MemberSessions({ org, person, sessions }: Props) {
  const hidden = { organisation: org, person };
  return (
    <section>
      <SectionHeading id="sessions">Signed in</SectionHeading>
      <Card aria-labelledby="sessions">
        {sessions.length === 0 ? (
          <p className="px-4 py-3 text-sm text-muted">Nowhere at the moment.</p>
        ) : (
          <ul className="divide-y divide-line">
            {sessions.map(({ id, via, createdAt, lastSeenAt, userAgent, isThis }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-2">
                    <span className="font-medium">by {via}</span>
                    {isThis ? <Chip tone="green">this one</Chip> : null}
                    <span className="text-muted">
                      since <Time at={createdAt} /> · last seen <Time at={lastSeenAt} />
                    </span>
                  </p>
                  <p className="truncate text-xs text-muted" title={userAgent ?? undefined}>
                    {userAgent ?? 'no browser named'}
                  </p>
                </div>
                <ActionForm
                  action={endSessionsAction}
                  hidden={{ ...hidden, session: id }}
                  className="flex items-center gap-2"
                >
                  <FormMessage />
                  <SubmitButton size="small">End it</SubmitButton>
                </ActionForm>
              </li>
            ))}
          </ul>
        )}
        {sessions.length > 1 ? (
          <ActionForm
            action={endSessionsAction}
            hidden={hidden}
            className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3"
          >
            <SubmitButton size="small">End all of them</SubmitButton>
            <FormMessage />
          </ActionForm>
        ) : null}
      </Card>
    </section>
  );
}
