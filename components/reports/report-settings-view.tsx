import { ActionForm } from '@/components/layout/action-form';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { OwnMailsSection } from '@/components/outbox/own-mails';
import { UndeliveredList } from '@/components/outbox/undelivered-list';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import type { OwnMails } from '@/lib/outbox/types';
import { sendTestReportAction } from '@/lib/reports/actions';
import type { ReportSettings } from '@/lib/reports/types';
import { ScheduleList } from './schedule-list';

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
        {canSend ? null : (
          <p className="mb-3 text-amber">
            Gait cannot send mail yet: SMTP_URL is not set (docs/operating.md).
          </p>
        )}
        {isSent && canSend && !mails.email ? (
          <p className="mb-3 text-amber">
            Mails are on, but Gait knows no address of yours: none reaches you. Somebody who invites people
            can give you one.
          </p>
        ) : null}
        <ScheduleList org={org} teams={teams} schedules={schedules} />
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
      <UndeliveredList org={org} rows={mails.deliveries} />
    </div>
  );
}
