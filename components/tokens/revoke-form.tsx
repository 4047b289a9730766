import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { revokeTokenAction } from '@/lib/tokens/actions';

type Props = { org: string; id: string; name: string; besides: string | null };

/** Revoking cannot be undone, so it takes two steps: the fold, then the button. */
export function RevokeForm({ org, id, name, besides }: Props) {
  return (
    <details className="w-fit">
      <summary className="rounded-sm text-muted underline decoration-line underline-offset-3 hover:text-ink">
        Revoke… <span className="sr-only">{name}</span>
      </summary>
      <ActionForm
        action={revokeTokenAction}
        hidden={{ organisation: org, token: id }}
        className="mt-2 flex flex-col items-start gap-2"
      >
        <p className="max-w-56 text-muted">Whatever uses it stops working at once, for good.</p>
        {besides ? (
          <p className="max-w-56 text-amber">
            The token that it replaced, <code className="font-mono text-xs">{besides}</code>, still works:
            revoke that as well.
          </p>
        ) : null}
        <SubmitButton look="danger" size="small">
          Revoke for good
        </SubmitButton>
        <FormMessage />
      </ActionForm>
    </details>
  );
}
