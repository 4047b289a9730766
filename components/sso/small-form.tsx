import type { ReactNode } from 'react';
import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/lib/platform/form-state';

type Props = {
  action: FormAction;
  hidden: Record<string, string>;
  look?: 'primary' | 'plain' | 'danger';
  children: ReactNode;
};

/** One button that does one thing, and says what came of it. */
export function SmallForm({ action, hidden, look = 'plain', children }: Props) {
  return (
    <ActionForm action={action} hidden={hidden} className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <SubmitButton size="small" look={look}>
        {children}
      </SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
