import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import type { News } from '@/lib/domain/notice/recipients';
import { chooseMailAction } from '@/lib/outbox/actions';
import type { MailChoiceRow, OwnMails } from '@/lib/outbox/types';
import { QuietHoursForm } from './quiet-hours-form';

type Props = { org: string; mails: OwnMails };

/** What the reader gets by mail, to be chosen one by one. */
export function OwnMailsSection({ org, mails }: Props) {
  const { email, choices, getsUnled, digest, mayDecide, quietHours } = mails;
  return (
    <section aria-labelledby="mine" className="flex flex-col gap-4">
      <div>
        <SectionHeading id="mine">What you get by mail</SectionHeading>
        <p className="text-sm text-muted wrap-anywhere">
          {email ? `Mails go to ${email}.` : 'Gait knows no address of yours, so nothing is sent to you.'} An
          alert is sent at once when a lane loses its gear, or a SEV1 is opened.
        </p>
      </div>
      <Card>
        <DataTable label="What you get by mail">
          <thead>
            <tr>
              <Th>Of</Th>
              <Th>Weekly report</Th>
              <Th>Alerts</Th>
            </tr>
          </thead>
          <tbody>
            {choices.map((row) => (
              <tr key={row.team}>
                <Td>
                  <bdi className="font-medium">{row.name}</bdi>
                </Td>
                <Td>
                  <Choice org={org} row={row} kind="report" says={row.report ? 'yes' : 'no'} />
                </Td>
                <Td>
                  <Choice org={org} row={row} kind="alert" says={alertWords(row, getsUnled)} />
                </Td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </Card>
      {mayDecide ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
          <span>
            {digest
              ? 'On working days you get a digest of what waits for your decision, if something does.'
              : 'You get no daily digest of what waits for your decision.'}
          </span>
          <Toggle org={org} team="" kind="digest" wants={digest} name="daily digest" />
        </div>
      ) : null}
      <QuietHoursForm org={org} hours={quietHours} />
    </section>
  );
}

function alertWords({ team, alert }: MailChoiceRow, getsUnled: boolean): string {
  if (team !== '') return alert ? 'yes' : 'no';
  if (alert) return 'of every team';
  return getsUnled ? 'of teams that nobody leads' : 'as below';
}

type ChoiceProps = { org: string; row: MailChoiceRow; kind: 'report' | 'alert'; says: string };

function Choice({ org, row: { team, name, ...gets }, kind, says }: ChoiceProps) {
  const of = kind === 'report' ? 'weekly report' : 'alerts';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{says}</span>
      <Toggle org={org} team={team} kind={kind} wants={gets[kind]} name={`${of}, ${name}`} />
    </div>
  );
}

type ToggleProps = { org: string; team: string; kind: News; wants: boolean; name: string };

function Toggle({ org, team, kind, wants, name }: ToggleProps) {
  const getIt = kind === 'alert' && team === '' ? 'Get all' : 'Get it';
  return (
    <ActionForm
      action={chooseMailAction}
      hidden={{ organisation: org, team, kind, wants: wants ? 'no' : 'yes' }}
    >
      <SubmitButton size="small">
        {wants ? 'Stop' : getIt} <span className="sr-only">: {name}</span>
      </SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
