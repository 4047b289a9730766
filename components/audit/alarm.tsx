import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { Notice } from '@/components/ui/notice';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea } from '@/components/ui/text-area';
import { Time } from '@/components/ui/time';
import { UserText } from '@/components/ui/user-text';
import { acknowledgeAuditAlarmAction } from '@/lib/audit/actions';
import type { AcknowledgedAlarm, AuditAlarmView } from '@/lib/audit/types';

type Props = { org: string; alarm: AuditAlarmView; mayAcknowledge: boolean };

/** The log does not match its proof: what is wrong, what to do, and for owners the way on. */
export function AuditAlarm({ org, alarm, mayAcknowledge }: Props) {
  return (
    <section aria-labelledby="audit-alarm" className="mb-6">
      <Notice tone="red" className="flex flex-col gap-3 px-4 py-4 sm:px-5">
        <div role="alert" className="flex flex-col gap-1">
          <h2 id="audit-alarm" className="text-base font-semibold">
            {alarm.title}
          </h2>
          <p className="max-w-3xl text-pretty wrap-anywhere">
            {alarm.what} Found <Time at={alarm.foundAt} />.
          </p>
        </div>
        <ul className="flex max-w-3xl list-disc flex-col gap-1 pl-5 text-pretty">
          <li>Keep a copy of the database as it is now, and of every checkpoint that lies elsewhere.</li>
          <li>
            If nobody restored a backup, treat it as tampering: find out who could write to the database.
          </li>
          <li>
            Until an owner acknowledges this, no checkpoint is signed or sent, and no entry is removed.
            {mayAcknowledge ? null : ' Ask an owner to look at this page.'}
          </li>
        </ul>
        {mayAcknowledge ? (
          <ActionForm
            action={acknowledgeAuditAlarmAction}
            hidden={{ organisation: org }}
            className="flex max-w-2xl flex-col items-start gap-3"
          >
            <TextArea
              name="reason"
              label="Reason"
              required
              rows={2}
              maxLength={1000}
              className="w-full"
              hint="Such as: restored the backup of 1 December after a disk failure. It becomes an entry that names what is missing."
            />
            <FormMessage />
            <SubmitButton look="danger">Acknowledge, and sign again</SubmitButton>
          </ActionForm>
        ) : null}
      </Notice>
    </section>
  );
}

/** What was lost before, for good: whoever reads the log must know of it. */
export function AcknowledgedAlarms({ alarms }: { alarms: readonly AcknowledgedAlarm[] }) {
  if (alarms.length === 0) return null;
  return (
    <section aria-labelledby="acknowledged-alarms" className="mb-6">
      <SectionHeading id="acknowledged-alarms">Acknowledged alarms</SectionHeading>
      <ul className="flex flex-col gap-2">
        {alarms.map(({ id, what, by, at, reason }) => (
          <li key={id}>
            <Notice tone="amber" className="wrap-anywhere">
              {what} Acknowledged by <bdi>{by}</bdi> <Time at={at} />: “<UserText>{reason}</UserText>”
            </Notice>
          </li>
        ))}
      </ul>
    </section>
  );
}
