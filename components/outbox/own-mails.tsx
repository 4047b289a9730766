import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import type { News } from '@/lib/domain/notice/recipients';
import { chooseMailAction } from '@/lib/outbox/actions';
import type { AlertsOf, MailChoiceRow, OwnMails } from '@/lib/outbox/types';
import { QuietHoursForm } from './quiet-hours-form';

type Props = { org: string; mails: OwnMails };

/** What the reader gets by mail, to be chosen one by one. */
export function OwnMailsSection({ org, mails }: Props) {
  const { email, choices, digest, mayDecide, quietHours } = mails;
  return (
    <section aria-labelledby="mine" className="flex flex-col gap-4">
      <div>
        <SectionHeading id="mine">What you get by mail</SectionHeading>
        <p className="text-sm text-muted wrap-anywhere">
          {email ? `Mails go to ${email}.` : 'Gait knows no address of yours, so nothing is sent to you.'} An
          alert is sent at once when a lane loses its gear, or a SEV1 is opened. Of a team whose mails are
          off, no alert is mailed either.
        </p>
      </div>
      <Card>
        <DataTable label="Mails, one by one">
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
                  <bdi className="inline-block py-1.5 font-medium">{row.name}</bdi>
                </Td>
                <Td>
                  <Choice org={org} row={row} kind="report" says={row.report ? 'yes' : 'no'} />
                </Td>
                <Td>
                  {row.team === '' ? (
                    <AlertsOfAll org={org} mails={mails} />
                  ) : (
                    <Choice org={org} row={row} kind="alert" says={row.alert ? 'yes' : 'no'} />
                  )}
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

/** What is said of alerts of the organisation, the button that leads there, and what it sends. */
const ALERTS_OF: Readonly<Record<AlertsOf, { says: string; button: string; wants: string }>> = {
  all: { says: 'of every team', button: 'Get all', wants: 'yes' },
  unled: { says: 'of teams that nobody leads', button: 'Unled teams', wants: 'default' },
  none: { says: 'none but those below', button: 'Stop', wants: 'no' },
};

/** Whoever leads the organisation has three to choose from, others two. Each button keeps its place, and so the focus, when it is pressed. */
function AlertsOfAll({ org, mails: { alertsOf, leadsAll } }: Props) {
  const [first, second] = (['all', 'unled', 'none'] as const).filter(
    (one) => one !== alertsOf && (leadsAll || one !== 'unled'),
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{ALERTS_OF[alertsOf].says}</span>
      {first ? <AlertsButton org={org} of={first} /> : null}
      {second ? <AlertsButton org={org} of={second} /> : null}
    </div>
  );
}

function AlertsButton({ org, of }: { org: string; of: AlertsOf }) {
  const { button, wants } = ALERTS_OF[of];
  return (
    <MailButton org={org} team="" kind="alert" wants={wants} name="alerts, The organisation">
      {button}
    </MailButton>
  );
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

function Toggle({ wants, ...rest }: ToggleProps) {
  return (
    <MailButton {...rest} wants={wants ? 'no' : 'yes'}>
      {wants ? 'Stop' : 'Get it'}
    </MailButton>
  );
}

type ButtonProps = Omit<ToggleProps, 'wants'> & { wants: string; children: string };

function MailButton({ org, team, kind, wants, name, children }: ButtonProps) {
  return (
    <ActionForm action={chooseMailAction} hidden={{ organisation: org, team, kind, wants }}>
      <SubmitButton size="small">
        {children} <span className="sr-only">: {name}</span>
      </SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
