import { ActionForm } from '@/components/layout/action-form';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { OwnMailsSection } from '@/components/outbox/own-mails';
import { UndeliveredTable } from '@/components/outbox/undelivered-table';
import { Card } from '@/components/ui/card';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import type { OwnMails } from '@/lib/outbox/types';
import { sendTestReportAction } from '@/lib/reports/actions';
import type { ReportSettings, ScheduleRow } from '@/lib/reports/types';
import { ScheduleForm, WEEKDAYS } from './schedule-form';

type Props = { org: string; settings: ReportSettings; mails: OwnMails };

export function ReportSettingsView({ org, settings, mails }: Props) {
  const { canSend, schedules, teams } = settings;
  const isSent = schedules.some((schedule) => schedule.isSent);
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <PageHeader
        trail={[{ label: 'Settings', href: paths.settings(org) }]}
        title={isSent ? 'Mails are on.' : 'Mails are off: reports are on the web only.'}
        lead={
          isSent
            ? 'Each week is frozen at the hour below, and sent to those who lead, unless they said otherwise. Alerts and digests go out, too.'
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
                <Th>Mails</Th>
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
                  <Td>{schedule.isSent ? 'on' : 'off'}</Td>
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
      <OwnMailsSection org={org} mails={mails} />
      {canSend && mails.email ? (
        <ActionForm
          action={sendTestReportAction}
          hidden={{ organisation: org, team: '' }}
          className="flex flex-col items-start gap-2"
        >
          <SubmitButton>Send me the latest report now</SubmitButton>
          <FormMessage />
        </ActionForm>
      ) : null}
      <UndeliveredTable org={org} rows={mails.deliveries} />
    </div>
  );
}

function dueInWords({ weekday, hour, minute }: ScheduleRow): string {
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return `${WEEKDAYS[weekday - 1]}, ${time}`;
}
