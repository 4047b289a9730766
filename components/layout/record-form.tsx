import type { ReactNode } from 'react';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/lib/platform/form-state';
import { ActionForm } from './action-form';

type Props = { action: FormAction; org: string; button: string; children: ReactNode };

/** A form of many fields, two abreast, with its answer and its one button below. */
export function RecordForm({ action, org, button, children }: Props) {
  return (
    <ActionForm action={action} hidden={{ organisation: org }} className="grid gap-3 sm:grid-cols-2">
      {children}
      <div className="flex flex-col items-start gap-2 sm:col-span-2">
        <FormMessage />
        <SubmitButton look="primary">{button}</SubmitButton>
      </div>
    </ActionForm>
  );
}
