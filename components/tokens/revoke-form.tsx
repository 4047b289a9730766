'use client';

import { useActionState } from 'react';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { revokeTokenAction } from '@/lib/tokens/actions';

/** Revoking cannot be undone, so it takes two steps: the fold, then the button. */
export function RevokeForm({ org, id, name }: { org: string; id: string; name: string }) {
  const [answer, revoke] = useActionState(revokeTokenAction, null);
  return (
    <details className="w-fit">
      <summary className="rounded-sm text-muted underline decoration-line underline-offset-3 hover:text-ink">
        Revoke… <span className="sr-only">{name}</span>
      </summary>
      <form action={revoke} className="mt-2 flex flex-col items-start gap-2">
        <input type="hidden" name="organisation" value={org} />
        <input type="hidden" name="token" value={id} />
        <p className="max-w-56 text-muted">Whatever uses it stops working at once, for good.</p>
        <SubmitButton look="danger" size="small">
          Revoke for good
        </SubmitButton>
        <FormMessage answer={answer} />
      </form>
    </details>
  );
}
