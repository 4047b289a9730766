import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { signInByEmailAction } from '@/lib/sso/actions';

/** The address finds the organisation's provider. */
export function EmailForm() {
  return (
    <ActionForm action={signInByEmailAction} hidden={{}} className="flex flex-col items-stretch gap-3">
      <TextField
        name="email"
        type="email"
        label="E-mail address at work"
        required
        maxLength={320}
        autoComplete="email"
      />
      <SubmitButton look="primary">Go on</SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
