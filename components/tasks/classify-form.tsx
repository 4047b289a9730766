import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { classifyTaskAction } from '@/lib/tasks/actions';

type Props = { org: string; task: string; category: string; categories: { key: string; name: string }[] };

/** Sorts the task anew; the former category stays in its history. */
export function ClassifyForm({ org, task, category, categories }: Props) {
  return (
    <ActionForm
      action={classifyTaskAction}
      hidden={{ organisation: org, task }}
      className="mt-3 flex flex-col gap-3"
    >
      <SelectField
        name="category"
        label="Kind of work"
        required
        defaultValue={category}
        options={categories.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <TextField
        name="reason"
        label="Reason"
        required
        maxLength={2000}
        hint="The evidence moves to the other lane."
      />
      <FormMessage />
      <div>
        <SubmitButton size="small">Change kind of work</SubmitButton>
      </div>
    </ActionForm>
  );
}
