'use client';

import { useActionState } from 'react';
import { FormAnswer } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea } from '@/components/ui/text-area';
import { decideAction } from '@/lib/decisions/actions';

type Props = { org: string; recommendation: string };

/** Two buttons and a reason. */
export function DecideForm({ org, recommendation }: Props) {
  const [answer, decide] = useActionState(decideAction, null);
  return (
    <form action={decide} className="flex max-w-2xl flex-col gap-3">
      <input type="hidden" name="organisation" value={org} />
      <input type="hidden" name="recommendation" value={recommendation} />
      <FormAnswer value={answer}>
        <TextArea
          name="reason"
          label="Reason"
          hint="Required to decline. Kept in the log for good."
          rows={2}
          maxLength={2000}
        />
      </FormAnswer>
      <FormMessage answer={answer} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton look="primary" name="action" value="accept">
          Accept
        </SubmitButton>
        <SubmitButton name="action" value="decline">
          Decline
        </SubmitButton>
      </div>
    </form>
  );
}
