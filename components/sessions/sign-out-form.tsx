'use client';

import { useActionState } from 'react';
import { SubmitButton } from '@/components/ui/submit-button';
import { signOutAction } from '@/lib/sessions/actions';

export function SignOutForm() {
  const [, signOut] = useActionState(signOutAction, null);
  return (
    <form action={signOut}>
      <SubmitButton size="small" look="quiet">
        Sign out
      </SubmitButton>
    </form>
  );
}
