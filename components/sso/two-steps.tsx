import type { ReactNode } from 'react';
import { Details } from '@/components/ui/details';
import type { FormAction } from '@/lib/platform/form-state';
import { SmallForm } from './small-form';

type Props = {
  /** What opens the fold. */
  summary: ReactNode;
  /** What follows from it, in a sentence. */
  follows: ReactNode;
  action: FormAction;
  hidden: Record<string, string>;
  /** What the button says. */
  children: ReactNode;
};

/** For what takes something away from others at once: the fold says what, and its button does it. */
export function TwoSteps({ summary, follows, action, hidden, children }: Props) {
  return (
    <Details summary={summary}>
      <div className="mt-3 flex flex-col items-start gap-2 text-sm">
        <p className="text-muted">{follows}</p>
        <SmallForm action={action} hidden={hidden} look="danger">
          {children}
        </SmallForm>
      </div>
    </Details>
  );
}
