'use client';

import { ActionForm } from '@/components/layout/action-form';
import { useAnswer } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { NewSecret } from '@/components/ui/new-secret';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { createTokenAction } from '@/lib/tokens/actions';
import type { TokenList, TokenScope } from '@/lib/tokens/types';

const lifetimes = [30, 90, 180, 365].map((days) => ({ value: String(days), label: `${days} days` }));

type Props = { org: string; scopes: TokenScope[]; teams: TokenList['teams'] };

/** Makes a token; its secret is shown here once. */
export function TokenForm({ org, scopes, teams }: Props) {
  return (
    <ActionForm
      action={createTokenAction}
      hidden={{ organisation: org }}
      className="grid gap-4 sm:grid-cols-2"
    >
      <TextField
        name="name"
        label="Name"
        required
        maxLength={100}
        placeholder="ci"
        hint="Where it will be used."
      />
      <SelectField name="days" label="Expires after" required defaultValue="90" options={lifetimes} />
      <SelectField
        name="team"
        label="Speaks for"
        empty="the whole organisation"
        options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
        hint="A token of one team records and reads no task, lane or incident of others, and not the list of agents."
        className="sm:col-span-2"
      />
      <ScopeChoice scopes={scopes} />
      <div className="flex flex-col items-start gap-3 sm:col-span-2">
        <FormMessage />
        <NewSecret />
        <SubmitButton look="primary">Make the token</SubmitButton>
      </div>
    </ActionForm>
  );
}

function ScopeChoice({ scopes }: { scopes: TokenScope[] }) {
  const error = useAnswer()?.fieldErrors?.scopes;
  return (
    <fieldset className="sm:col-span-2" aria-describedby={error ? 'scopes-error' : undefined}>
      <legend className="mb-1 text-sm font-medium">What it may do</legend>
      <div className="flex flex-col gap-1.5">
        {scopes.map(({ key, description }, index) => (
          <label key={key} className="flex items-baseline gap-2 text-sm">
            <input
              type="checkbox"
              name="scopes"
              value={key}
              defaultChecked={index === 0}
              aria-invalid={error ? true : undefined}
              className="translate-y-0.5 accent-walk"
            />
            <span>
              <code className="font-mono">{key}</code> <span className="text-muted">{description}</span>
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <p id="scopes-error" className="mt-1 text-sm text-red">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
