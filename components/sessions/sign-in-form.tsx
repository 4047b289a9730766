'use client';

import { useActionState } from 'react';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { signInAction } from '@/lib/sessions/actions';

/** The link is used up by this button only, so that a preview of it uses up nothing. */
export function SignInForm({ link, personName }: { link: string; personName: string }) {
  const [answer, signIn] = useActionState(signInAction, null);
  return (
    <form action={signIn} className="flex flex-col items-stretch gap-3">
      <input type="hidden" name="link" value={link} />
      <SubmitButton look="primary">Sign in as {personName}</SubmitButton>
      <FormMessage answer={answer} />
    </form>
  );
}
