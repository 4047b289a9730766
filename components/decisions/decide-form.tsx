import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea } from '@/components/ui/text-area';
import { decideAction } from '@/lib/decisions/actions';

type Props = { org: string; recommendation: string };

/** Two buttons and a reason. */
export function DecideForm({ org, recommendation }: Props) {
  return (
    <ActionForm
      action={decideAction}
      hidden={{ organisation: org, recommendation }}
      className="flex max-w-2xl flex-col gap-3"
    >
      <TextArea
        name="reason"
        label="Reason"
        optional="needed to decline"
        hint="Kept in the log for good."
        rows={2}
        maxLength={2000}
      />
      <FormMessage />
      <div className="flex flex-wrap gap-2">
        <SubmitButton look="primary" name="action" value="accept">
          Accept
        </SubmitButton>
        <SubmitButton name="action" value="decline">
          Decline
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
