'use client';

import { useActionState } from 'react';
import { FormAnswer } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { registerAgentAction } from '@/lib/agents/actions';

type Props = { org: string; people: { id: string; name: string }[]; shadow?: { key: string; name: string } };

/** Registers an agent: a human must answer for it. For a shadow agent the key is known already. */
export function AgentForm({ org, people, shadow }: Props) {
  const [answer, register] = useActionState(registerAgentAction, null);
  return (
    <form action={register} className="grid gap-3 sm:grid-cols-2">
      <input type="hidden" name="organisation" value={org} />
      <FormAnswer value={answer}>
        {shadow ? (
          <input type="hidden" name="key" value={shadow.key} />
        ) : (
          <TextField
            name="key"
            label="Key"
            required
            maxLength={200}
            placeholder="claude-code"
            hint="How the evidence names it."
            className="sm:col-span-2"
          />
        )}
        <TextField name="name" label="Name" required maxLength={200} defaultValue={shadow?.name ?? ''} />
        <SelectField
          name="sponsor"
          label="Sponsor"
          required
          empty="Choose a person"
          hint="The named human who answers for it."
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField name="vendor" label="Vendor" maxLength={200} />
        <TextField name="model" label="Model" maxLength={200} />
        <TextField
          name="scope"
          label="Scope"
          maxLength={1000}
          hint="What it may touch, in a sentence."
          className="sm:col-span-2"
        />
      </FormAnswer>
      <div className="flex flex-col items-start gap-2 sm:col-span-2">
        <FormMessage answer={answer} />
        <SubmitButton look="primary">Register the agent</SubmitButton>
      </div>
    </form>
  );
}
