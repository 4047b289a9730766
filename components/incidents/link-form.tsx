import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { linkIncidentAction } from '@/lib/incidents/actions';

type Props = { org: string; incident: string; task: string };

/** A suggested link between incident and task: a person says yes or no. Only a yes is charged. */
export function LinkForm({ org, incident, task }: Props) {
  return (
    <ActionForm
      action={linkIncidentAction}
      hidden={{ organisation: org, incident, task }}
      className="flex flex-wrap items-center gap-2"
    >
      <SubmitButton size="small" name="status" value="confirmed">
        Confirm
      </SubmitButton>
      <SubmitButton size="small" look="quiet" name="status" value="rejected">
        Not related
      </SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
