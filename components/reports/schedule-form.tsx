import type { ReactNode } from 'react';
import { ActionForm } from '@/components/layout/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { FormMessage } from '@/components/ui/form-message';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { ZoneField } from '@/components/ui/zone-field';
import { scheduleReportsAction } from '@/lib/reports/actions';
import type { ReportSettings, ScheduleRow } from '@/lib/reports/types';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** A time of day such as 08:00. */
export function timeInWords({ hour, minute }: Pick<ScheduleRow, 'hour' | 'minute'>): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hour)}:${two(minute)}`;
}

/** Changes when the reports of the organisation, or of a team with a time of its own, are due, and whether they are sent. */
export function ScheduleForm({ org, schedule }: { org: string; schedule: ScheduleRow }) {
  return (
    <Frame hidden={{ organisation: org, team: schedule.team?.slug ?? '' }}>
      <TimeFields schedule={schedule} />
    </Frame>
  );
}

type OwnTimeProps = { org: string; teams: ReportSettings['teams']; schedule: ScheduleRow };

/** Gives a team a time of its own, beginning with that of the organisation. One team is always chosen: this form is never about all. */
export function OwnTimeForm({ org, teams, schedule }: OwnTimeProps) {
  return (
    <Frame hidden={{ organisation: org }}>
      <SelectField
        name="team"
        label="Whose reports"
        required
        options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
        className="sm:col-span-2"
      />
      <TimeFields schedule={schedule} />
    </Frame>
  );
}

function Frame({ hidden, children }: { hidden: Record<string, string>; children: ReactNode }) {
  return (
    <ActionForm action={scheduleReportsAction} hidden={hidden} className="mt-4 grid gap-4 sm:grid-cols-2">
      {children}
      <div className="flex flex-col items-start gap-3 sm:col-span-2">
        <FormMessage />
        <SubmitButton look="primary">Save</SubmitButton>
      </div>
    </ActionForm>
  );
}

function TimeFields({ schedule }: { schedule: ScheduleRow }) {
  const { weekday, zone, isSent } = schedule;
  return (
    <>
      <SelectField
        name="weekday"
        label="Day"
        required
        defaultValue={String(weekday)}
        options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
        hint="Of the week after the one that is reported."
      />
      <TextField name="time" label="Time" type="time" required defaultValue={timeInWords(schedule)} />
      <ZoneField defaultValue={zone} hint="Weeks begin and end by its clocks, from the next report on." />
      <Checkbox
        name="isSent"
        label="Send mails: reports, alerts and digests, to those who get them"
        defaultChecked={isSent}
        className="self-center"
      />
    </>
  );
}
