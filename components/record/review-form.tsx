import { RecordForm } from '@/components/layout/record-form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { recordReviewAction } from '@/lib/tasks/actions';

const verdicts = [
  { value: 'approved', label: 'Approved' },
  { value: 'changes_requested', label: 'Changes requested' },
  { value: 'commented', label: 'Commented' },
];

/** A review recorded by hand. */
export function ReviewForm({ org }: { org: string }) {
  return (
    <RecordForm action={recordReviewAction} org={org} button="Record the review">
      <TextField
        name="task"
        label="Reference of the task"
        required
        maxLength={500}
        placeholder="github:acme/shop#123"
        className="sm:col-span-2"
      />
      <TextField name="reviewer" label="Reviewer" required maxLength={200} hint="The reviewer’s login." />
      <SelectField name="verdict" label="Verdict" required defaultValue="approved" options={verdicts} />
      <TextField
        name="at"
        type="datetime-local"
        label="Given at"
        hint="Now, if left empty (UTC). It counts if it came before the decision."
      />
      <TextField name="headSha" label="Commit" maxLength={100} hint="An approval belongs to a commit." />
    </RecordForm>
  );
}
