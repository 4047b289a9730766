import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { NewSecret } from '@/components/ui/new-secret';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { replaceTokenAction } from '@/lib/tokens/actions';
import { DEFAULT_OVERLAP_HOURS, OVERLAPS } from '@/lib/tokens/schema';

type Props = { org: string; id: string; name: string; isReplaced: boolean };

const WORDS = {
  0: 'now',
  1: 'an hour from now',
  24: 'a day from now',
  168: 'a week from now',
} as const satisfies Record<(typeof OVERLAPS)[number], string>;

const overlaps = OVERLAPS.map((hours) => ({ value: String(hours), label: WORDS[hours] }));

/**
 * A new secret in place of an old one, which goes on for a while, so that nothing stops meanwhile. Stays where it is once the token is
 * replaced: the secret is read here.
 */
export function ReplaceForm({ org, id, name, isReplaced }: Props) {
  return (
    <details className="w-fit">
      <summary className="rounded-sm text-muted underline decoration-line underline-offset-3 hover:text-ink">
        {isReplaced ? 'Replaced' : 'Replace…'} <span className="sr-only">{name}</span>
      </summary>
      <ActionForm
        action={replaceTokenAction}
        hidden={{ organisation: org, token: id }}
        className="mt-2 flex max-w-64 flex-col items-start gap-2"
      >
        {isReplaced ? (
          <p className="text-muted">Another token has taken its place.</p>
        ) : (
          <SelectField
            name="overlap"
            label="The old secret works until"
            required
            defaultValue={String(DEFAULT_OVERLAP_HOURS)}
            options={overlaps}
          />
        )}
        <FormMessage />
        <NewSecret />
        {isReplaced ? null : <SubmitButton size="small">Make the new token</SubmitButton>}
      </ActionForm>
    </details>
  );
}
