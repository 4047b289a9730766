'use client';

import { useActionState } from 'react';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { linkIncidentAction } from '@/lib/incidents/actions';

type Props = { org: string; incident: string; task: string };

/** A suggested link between incident and task: a person says yes or no. Only a yes is charged. */
export function LinkForm({ org, incident, task }: Props) {
  const [answer, link] = useActionState(linkIncidentAction, null);
  return (
    <form action={link} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="organisation" value={org} />
      <input type="hidden" name="incident" value={incident} />
      <input type="hidden" name="task" value={task} />
      <SubmitButton size="small" name="status" value="confirmed">
        Confirm
      </SubmitButton>
      <SubmitButton size="small" look="quiet" name="status" value="rejected">
        Not related
      </SubmitButton>
      <FormMessage answer={answer} />
    </form>
  );
}
