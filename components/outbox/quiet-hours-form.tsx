import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { ZoneField } from '@/components/ui/zone-field';
import { endQuietHoursAction, setQuietHoursAction } from '@/lib/outbox/actions';
import type { QuietHoursRow } from '@/lib/outbox/types';

type Props = { org: string; hours: QuietHoursRow | null };

/** When the reader wants no mail at all. */
export function QuietHoursForm({ org, hours }: Props) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        {hours
          ? `From ${hours.from} to ${hours.to} (${hours.zone}) you get no mail: it waits, alerts too.`
          : 'You have no quiet hours: mails come at any time.'}
      </p>
      <details className="w-fit max-w-full">
        <summary className="rounded-sm text-muted underline decoration-line underline-offset-3 hover:text-ink">
          {hours ? 'Change quiet hours…' : 'Set quiet hours…'}
        </summary>
        <ActionForm
          action={setQuietHoursAction}
          hidden={{ organisation: org }}
          className="mt-3 grid gap-4 sm:grid-cols-3"
        >
          <TextField name="from" label="From" type="time" required defaultValue={hours?.from ?? '22:00'} />
          <TextField name="to" label="To" type="time" required defaultValue={hours?.to ?? '07:00'} />
          <ZoneField defaultValue={hours?.zone ?? 'UTC'} />
          <div className="flex flex-col items-start gap-2 sm:col-span-3">
            <FormMessage />
            <SubmitButton size="small">Save</SubmitButton>
          </div>
        </ActionForm>
        {hours ? (
          <ActionForm action={endQuietHoursAction} hidden={{ organisation: org }} className="mt-2">
            <SubmitButton size="small">No quiet hours</SubmitButton>
            <FormMessage />
          </ActionForm>
        ) : null}
      </details>
    </div>
  );
}
