import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { FormMessage } from '@/components/ui/form-message';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { resendDeliveryAction } from '@/lib/outbox/actions';
import type { DeliveryRow } from '@/lib/outbox/types';

type Props = { org: string; rows: readonly DeliveryRow[] };

/** What is tried again, and what was given up and can be sent again. */
export function UndeliveredTable({ org, rows }: Props) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="undelivered">
      <SectionHeading id="undelivered">What did not get through</SectionHeading>
      <Card>
        <DataTable label="Deliveries">
          <thead>
            <tr>
              <Th>What</Th>
              <Th>To</Th>
              <Th>Why</Th>
              <Th>
                <span className="sr-only">Send again</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, what, team, to, isDead, attempts, error, nextTryAt }) => (
              <tr key={id}>
                <Td className="wrap-anywhere">
                  <bdi>{what}</bdi>
                  {team ? (
                    <>
                      , <bdi>{team.name}</bdi>
                    </>
                  ) : null}
                </Td>
                <Td>
                  <bdi>{to}</bdi>
                </Td>
                <Td className="wrap-anywhere">
                  {error} Tried {plural(attempts, 'time')}
                  {isDead ? ', and given up.' : '; again '}
                  {isDead ? null : <Time at={nextTryAt} style="due" />}
                </Td>
                <Td>
                  {isDead ? (
                    <ActionForm action={resendDeliveryAction} hidden={{ organisation: org, delivery: id }}>
                      <SubmitButton size="small">
                        Send again{' '}
                        <span className="sr-only">
                          : {what} to {to}
                        </span>
                      </SubmitButton>
                      <FormMessage />
                    </ActionForm>
                  ) : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </Card>
    </section>
  );
}
