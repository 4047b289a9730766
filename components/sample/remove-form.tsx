import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { removeSampleAction } from '@/lib/organisations/actions';

/** Removes the sample; typing the name of one's own organisation is the confirmation. */
export function RemoveSampleForm({ org }: { org: string }) {
  return (
    <ActionForm
      action={removeSampleAction}
      hidden={{ organisation: org }}
      className="flex flex-col items-start gap-4"
    >
      <TextField
        name="name"
        label="Name of your organisation"
        required
        maxLength={100}
        autoComplete="organization"
        hint="Typed to confirm. The new, empty organisation gets this name."
        className="w-full"
      />
      <FormMessage />
      <SubmitButton look="danger">Remove the sample and begin</SubmitButton>
    </ActionForm>
  );
}
