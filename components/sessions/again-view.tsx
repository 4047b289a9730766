import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { proveAgainAction } from '@/lib/sso/actions';

type Props = { name: string; provider: string | null; back: string };

/** Asks somebody who is signed in to prove it anew: an open browser must not be enough for what is sensitive. */
export function AgainView({ name, provider, back }: Props) {
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Prove who you are.</h1>
      <p className="text-muted">
        You are signed in as <bdi className="text-ink">{name}</bdi>. What you are about to do is sensitive, so
        Gait asks again; it counts for 15 minutes.
      </p>
      <ActionForm action={proveAgainAction} hidden={{ back }} className="flex flex-col items-start gap-3">
        <SubmitButton look="primary">
          {provider === null ? (
            'Send me a link'
          ) : (
            <>
              Sign in again with <bdi>{provider}</bdi>
            </>
          )}
        </SubmitButton>
        <FormMessage />
      </ActionForm>
    </>
  );
}
