'use client';

import { type ReactNode, useActionState, useEffect, useRef } from 'react';
import { FormAnswer } from '@/components/ui/field';
import type { FormAction } from '@/lib/platform/form-state';

type Props = {
  action: FormAction;
  /** What is sent along unseen, such as the organisation. */
  hidden: Record<string, string>;
  className?: string;
  children: ReactNode;
};

/** A form whose fields and message know what its action answered. Of a refused one, the first wrong field gets the focus. */
export function ActionForm({ action, hidden, className, children }: Props) {
  const [answer, send] = useActionState(action, null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (answer?.fieldErrors) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [answer]);
  return (
    <form ref={form} action={send} className={className}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormAnswer value={answer}>{children}</FormAnswer>
    </form>
  );
}
