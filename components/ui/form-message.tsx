'use client';

import { withoutBidiControls } from '@/lib/domain/bidi';
import { cn } from './class-names';
import { useAnswer } from './field';

/** What became of the form around it, said aloud to screen readers as well. Always in the page, so that a change is announced. */
export function FormMessage() {
  const answer = useAnswer();
  return (
    <p
      role={answer && !answer.ok ? 'alert' : 'status'}
      className={cn('text-sm empty:hidden', answer?.ok ? 'text-run' : 'text-red')}
    >
      {withoutBidiControls(answer?.message ?? '')}
    </p>
  );
}
