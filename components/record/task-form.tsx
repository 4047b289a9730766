'use client';

import { paths } from '@/components/layout/paths';
import { RecordForm } from '@/components/layout/record-form';
import { useAnswer } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { WhenTaken } from '@/components/ui/when-taken';
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
  return (
    <RecordForm
      action={recordTaskAction}
      org={org}
      button="Record the task"
      also={
        <WhenTaken>
          <SubmitButton name="change" value="on">
            Change that task
          </SubmitButton>
        </WhenTaken>
      }
    >
      <TextField name="title" label="Title" required maxLength={1000} className="sm:col-span-2" />
      <TextField
        name="ref"
        label="Reference"
        required
        maxLength={500}
        placeholder="github:acme/shop#123"
        hint="Once in the organisation."
        remedy={<TakenTaskLink org={org} />}
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
    </RecordForm>
  );
}

function TakenTaskLink({ org }: { org: string }) {
  const ref = useAnswer()?.values?.ref ?? '';
  return (
    <WhenTaken>
      <TextLink href={paths.task(org, ref)}>Open that task</TextLink>
    </WhenTaken>
  );
}
