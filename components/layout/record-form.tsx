import type { ReactNode } from 'react';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/lib/platform/form-state';
import { ActionForm } from './action-form';

type Props = {
  action: FormAction;
  org: string;
  button: string;
  /** A second button, where a form has one. */
  also?: ReactNode;
  children: ReactNode;
};

/** A form of many fields, two abreast, with its answer and its button below. */
export function RecordForm({ action, org, button, also, children }: Props) {
  return (
    <ActionForm action={action} hidden={{ organisation: org }} className="grid gap-3 sm:grid-cols-2">
      {children}
      <div className="flex flex-col items-start gap-2 sm:col-span-2">
        <FormMessage />
        <div className="flex flex-wrap gap-2">
          <SubmitButton look="primary">{button}</SubmitButton>
          {also}
        </div>
      </div>
    </ActionForm>
  );
}
