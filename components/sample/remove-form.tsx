'use client';

import { useActionState } from 'react';
import { FormAnswer } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { removeSampleAction } from '@/lib/organisations/actions';

/** Removes the sample; typing the name of one's own organisation is the confirmation. */
export function RemoveSampleForm({ org }: { org: string }) {
  const [answer, remove] = useActionState(removeSampleAction, null);
  return (
    <form action={remove} className="flex flex-col items-start gap-4">
      <input type="hidden" name="organisation" value={org} />
      <FormAnswer value={answer}>
        <TextField
          name="name"
          label="Name of your organisation"
          required
          maxLength={100}
          autoComplete="organization"
          hint="Typed to confirm. The new, empty organisation gets this name."
          className="w-full"
        />
      </FormAnswer>
      <FormMessage answer={answer} />
      <SubmitButton look="danger">Remove the sample and begin</SubmitButton>
    </form>
  );
}
