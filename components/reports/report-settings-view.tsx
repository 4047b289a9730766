import { ActionForm } from '@/components/layout/action-form';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { Time } from '@/components/ui/time';
import { chooseReportAction, resendDeliveryAction, sendTestReportAction } from '@/lib/reports/actions';
import type { DeliveryRow, ReportSettings, ScheduleRow } from '@/lib/reports/types';
import { ScheduleForm, WEEKDAYS } from './schedule-form';

type Props = { org: string; settings: ReportSettings };

export function ReportSettingsView({ org, settings }: Props) {
  const { canSend, email, schedules, choices, deliveries, teams } = settings;
  const isSent = schedules.some((schedule) => schedule.isSent);
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <PageHeader
        trail={[{ label: 'Settings', href: paths.settings(org) }]}
        title={isSent ? 'Reports are sent by mail.' : 'Reports are on the web only.'}
        lead={
          isSent
            ? 'Each week is frozen at the hour below, and sent to those who lead, unless they said otherwise.'
            : 'Each week is frozen at the hour below. It is sent to nobody until somebody says so here.'
        }
      />
      <section aria-labelledby="schedule">
        <SectionHeading id="schedule">When they are due</SectionHeading>
        <Card className="mb-4">
          <DataTable label="Schedule">
            <thead>
              <tr>
                <Th>Of</Th>
                <Th>Due</Th>
                <Th>Time zone</Th>
                <Th>By mail</Th>
              </tr>
            </thead>
            <tbody>
              {schedules.map((schedule) => (
                <tr key={schedule.team?.slug ?? ''}>
                  <Td>
                    <bdi>
                      {schedule.team?.name ?? 'the organisation, and teams without a time of their own'}
                    </bdi>
                  </Td>
                  <Td>{dueInWords(schedule)}</Td>
                  <Td>{schedule.zone}</Td>
                  <Td>{schedule.isSent ? 'sent' : 'not sent'}</Td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </Card>
        {canSend ? null : (
          <p className="mb-3 text-amber">
            Gait cannot send mail yet: SMTP_URL is not set (docs/operating.md).
          </p>
        )}
        <Card className="p-5">
          <ScheduleForm org={org} teams={teams} schedules={schedules} />
        </Card>
      </section>
      <section aria-labelledby="mine">
        <SectionHeading id="mine">What you get</SectionHeading>
        <p className="mb-3 text-sm text-muted">
          {email ? `Mails go to ${email}.` : 'Gait knows no address of yours, so nothing is sent to you.'}
        </p>
        <ul className="flex flex-col gap-2">
          {choices.map(({ team, name, wants }) => (
            <li key={team} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
              <bdi className="min-w-40 font-medium">{name}</bdi>
              <span className="min-w-32 text-muted">
                {wants ? (isSent && email ? 'you get it' : 'you would get it') : 'you do not get it'}
              </span>
              <ActionForm
                action={chooseReportAction}
                hidden={{ organisation: org, team, wants: wants ? 'no' : 'yes' }}
              >
                <SubmitButton size="small">
                  {wants ? 'Stop it' : 'Get it'} <span className="sr-only">: {name}</span>
                </SubmitButton>
                <FormMessage />
              </ActionForm>
            </li>
          ))}
        </ul>
        {canSend && email ? (
          <ActionForm
            action={sendTestReportAction}
            hidden={{ organisation: org, team: '' }}
            className="mt-4 flex flex-col items-start gap-2"
          >
            <SubmitButton>Send me the latest one now</SubmitButton>
            <FormMessage />
          </ActionForm>
        ) : null}
      </section>
      {deliveries.length > 0 ? <Deliveries org={org} rows={deliveries} /> : null}
    </div>
  );
}

function dueInWords({ weekday, hour, minute }: ScheduleRow): string {
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return `${WEEKDAYS[weekday - 1]}, ${time}`;
}

function Deliveries({ org, rows }: { org: string; rows: readonly DeliveryRow[] }) {
  return (
    <section aria-labelledby="deliveries">
      <SectionHeading id="deliveries">What did not get through</SectionHeading>
      <Card>
        <DataTable label="Deliveries">
          <thead>
            <tr>
              <Th>Report</Th>
              <Th>To</Th>
              <Th>Why</Th>
              <Th>
                <span className="sr-only">Send again</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, week, team, person, isDead, attempts, error, nextTryAt }) => (
              <tr key={id}>
                <Td>
                  {week}, <bdi>{team?.name ?? 'the organisation'}</bdi>
                </Td>
                <Td>
                  <bdi>{person}</bdi>
                </Td>
                <Td className="wrap-anywhere">
                  {error} Tried {attempts} times
                  {isDead ? ', and given up.' : '; again '}
                  {isDead ? null : <Time at={nextTryAt} style="due" />}
                </Td>
                <Td>
                  {isDead ? (
                    <ActionForm action={resendDeliveryAction} hidden={{ organisation: org, delivery: id }}>
                      <SubmitButton size="small">Send again</SubmitButton>
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
