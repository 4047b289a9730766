'use client';

import { useActionState } from 'react';
import { paths } from '@/components/layout/paths';
import { FormAnswer } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { recordTaskAction } from '@/lib/tasks/actions';

const states = [
  { value: 'open', label: 'Open' },
  { value: 'merged', label: 'Merged' },
  { value: 'closed', label: 'Closed unmerged' },
];

const verdicts = [
  { value: 'approved', label: 'Approved' },
  { value: 'changes_requested', label: 'Changes requested' },
];

type Props = {
  org: string;
  teams: { slug: string; name: string }[];
  categories: { key: string; name: string }[];
};

/** A task recorded by hand. */
export function TaskForm({ org, teams, categories }: Props) {
  const [answer, record] = useActionState(recordTaskAction, null);
  const isTaken = answer?.code === 'conflict';
  return (
    <form action={record} className="grid gap-3 sm:grid-cols-2">
      <input type="hidden" name="organisation" value={org} />
      <FormAnswer value={answer}>
        <TextField name="title" label="Title" required maxLength={1000} className="sm:col-span-2" />
        <TextField
          name="ref"
          label="Reference"
          required
          maxLength={500}
          placeholder="github:acme/shop#123"
          hint="Once in the organisation."
          remedy={
            isTaken && <TextLink href={paths.task(org, answer.values?.ref ?? '')}>Open that task</TextLink>
          }
        />
        <SelectField name="state" label="State" required defaultValue="merged" options={states} />
        <TextField
          name="team"
          label="Team"
          required
          maxLength={100}
          hint={
            teams.length > 0
              ? `Such as ${teams[0]?.name ?? ''}. A new name makes a new team.`
              : 'A new name makes a new team.'
          }
        />
        <SelectField
          name="category"
          label="Kind of work"
          empty="Let Gait sort it"
          options={categories.map(({ key, name }) => ({ value: key, label: name }))}
        />
        <TextField
          name="agent"
          label="Agent"
          required
          maxLength={200}
          placeholder="claude-code"
          hint="The agent’s key."
        />
        <TextField
          name="requester"
          label="Requester"
          maxLength={200}
          hint="Their own approval never counts as independent."
        />
        <TextField name="openedOn" type="date" label="Opened on" hint="Today, if left empty (UTC)." />
        <TextField name="decidedOn" type="date" label="Decided on" hint="When it was merged or closed." />
        <TextField
          name="reviewer"
          label="Reviewed by"
          maxLength={200}
          hint="Whoever gave a verdict before it was decided."
        />
        <SelectField
          name="reviewVerdict"
          label="Their verdict"
          required
          defaultValue="approved"
          options={verdicts}
        />
        <TextField name="url" type="url" label="Address" maxLength={2000} className="sm:col-span-2" />
      </FormAnswer>
      <div className="flex flex-col items-start gap-2 sm:col-span-2">
        <FormMessage answer={answer} />
        <div className="flex flex-wrap gap-2">
          <SubmitButton look="primary">Record the task</SubmitButton>
          {isTaken ? (
            <SubmitButton name="change" value="on">
              Change that task
            </SubmitButton>
          ) : null}
        </div>
      </div>
    </form>
  );
}
