import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { setAuditRetentionAction, setAuditWebhookAction } from '@/lib/audit/actions';
import { LEAST_RETENTION_DAYS } from '@/lib/audit/schema';

export function WebhookForm({ org, url }: { org: string; url: string }) {
  return (
    <ActionForm
      action={setAuditWebhookAction}
      hidden={{ organisation: org }}
      className="flex flex-col items-start gap-2"
    >
      <TextField
        name="url"
        label="Send checkpoints to"
        type="url"
        placeholder="https://"
        defaultValue={url}
        maxLength={2000}
        className="w-full"
        hint="Each signed checkpoint is posted there as text. Empty: nowhere."
      />
      <FormMessage />
      <SubmitButton size="small">Save the address</SubmitButton>
    </ActionForm>
  );
}

export function RetentionForm({ org, days }: { org: string; days: number }) {
  return (
    <ActionForm
      action={setAuditRetentionAction}
      hidden={{ organisation: org }}
      className="flex flex-col items-start gap-2"
    >
      <TextField
        name="days"
        label="Keep entries for (days)"
        required
        inputMode="numeric"
        defaultValue={String(days)}
        className="w-full"
        hint={`At least ${LEAST_RETENTION_DAYS}. What is older goes once a day, for good; the rest still verifies.`}
      />
      <FormMessage />
      <SubmitButton size="small">Save the days</SubmitButton>
    </ActionForm>
  );
}
