import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { resendDeliveryAction } from '@/lib/outbox/actions';
import type { DeliveryRow } from '@/lib/outbox/types';

type Props = { org: string; rows: readonly DeliveryRow[] };

/** What is tried again, and what was given up and can be sent again. */
export function UndeliveredList({ org, rows }: Props) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="undelivered">
      <SectionHeading id="undelivered">What did not get through</SectionHeading>
      <Card>
        <ul className="divide-y divide-line">
          {rows.map((row) => (
            <li
              key={row.id}
              className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 p-4 text-sm"
            >
              <Story {...row} />
              {row.isDead ? <Resend org={org} row={row} /> : null}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}

function Story({ what, team, to, isDead, attempts, error, nextTryAt }: DeliveryRow) {
  return (
    <div className="min-w-0 flex-1 basis-64 wrap-anywhere">
      <p className="font-medium">
        <bdi>{what}</bdi>
        {team ? (
          <>
            , <bdi>{team.name}</bdi>
          </>
        ) : null}
        , to <bdi>{to}</bdi>
      </p>
      {error ? <p className="text-muted">{error}</p> : null}
      <p className="text-muted">
        Tried {plural(attempts, 'time')}
        {isDead ? ', and given up.' : '; again '}
        {isDead ? null : <Time at={nextTryAt} style="due" />}
      </p>
    </div>
  );
}

function Resend({ org, row: { id, what, to } }: { org: string; row: DeliveryRow }) {
  return (
    <ActionForm action={resendDeliveryAction} hidden={{ organisation: org, delivery: id }}>
      <SubmitButton size="small">
        Send again{' '}
        <span className="sr-only">
          : {what} to {to}
        </span>
      </SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
