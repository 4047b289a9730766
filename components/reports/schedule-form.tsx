import { ActionForm } from '@/components/layout/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { FormMessage } from '@/components/ui/form-message';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { scheduleReportsAction } from '@/lib/reports/actions';
import type { ReportSettings } from '@/lib/reports/types';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

type Props = { org: string } & Pick<ReportSettings, 'teams' | 'schedules'>;

/** Sets when the reports of the organisation, or of one team, are due, and whether they are sent. */
export function ScheduleForm({ org, teams, schedules }: Props) {
  const ofAll = schedules.find(({ team }) => team === null);
  const two = (value = 0) => String(value).padStart(2, '0');
  return (
    <ActionForm
      action={scheduleReportsAction}
      hidden={{ organisation: org }}
      className="grid gap-4 sm:grid-cols-2"
    >
      <SelectField
        name="team"
        label="Whose reports"
        empty="the organisation, and teams without a time of their own"
        options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
        className="sm:col-span-2"
      />
      <SelectField
        name="weekday"
        label="Day"
        required
        defaultValue={String(ofAll?.weekday ?? 1)}
        options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
        hint="Of the week after the one that is reported."
      />
      <TextField
        name="time"
        label="Time"
        type="time"
        required
        defaultValue={`${two(ofAll?.hour ?? 8)}:${two(ofAll?.minute)}`}
      />
      <TextField
        name="zone"
        label="Time zone"
        required
        defaultValue={ofAll?.zone ?? 'UTC'}
        placeholder="Europe/Berlin"
        hint="Weeks begin and end by its clocks, from the next report on."
      />
      <Checkbox
        name="isSent"
        label="Send mails: reports, alerts and digests, to those who get them"
        defaultChecked={ofAll?.isSent ?? false}
        className="self-center"
      />
      <div className="flex flex-col items-start gap-3 sm:col-span-2">
        <FormMessage />
        <SubmitButton look="primary">Save</SubmitButton>
      </div>
    </ActionForm>
  );
}
