import { RecordForm } from '@/components/layout/record-form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { registerAgentAction } from '@/lib/agents/actions';

type Props = { org: string; people: { id: string; name: string }[]; shadow?: { key: string; name: string } };

/** Registers an agent: a human must answer for it. For a shadow agent the key is known already. */
export function AgentForm({ org, people, shadow }: Props) {
  return (
    <RecordForm action={registerAgentAction} org={org} button="Register the agent">
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
    </RecordForm>
  );
}
