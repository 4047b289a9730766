import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { signInAction } from '@/lib/sessions/actions';

/** The link is used up by this button only, so that a preview of it uses up nothing. */
export function SignInForm({ link, personName }: { link: string; personName: string }) {
  return (
    <ActionForm action={signInAction} hidden={{ link }} className="flex flex-col items-stretch gap-3">
      <SubmitButton look="primary">Sign in as {personName}</SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
