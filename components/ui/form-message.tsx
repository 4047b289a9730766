'use client';

import { usePathname } from 'next/navigation';
import { withoutBidiControls } from '@/lib/domain/bidi';
import { cn } from './class-names';
import { useAnswer } from './field';
import { TextLink } from './text-link';

/** What became of the form around it, said aloud to screen readers as well. Always in the page, so that a change is announced. */
export function FormMessage() {
  const answer = useAnswer();
  const page = usePathname();
  return (
    <p
      role={answer && !answer.ok ? 'alert' : 'status'}
      className={cn('text-sm empty:hidden', toneOf(answer))}
    >
      {withoutBidiControls(answer?.message ?? '')}
      {answer?.code === 'fresh_sign_in_needed' ? (
        <>
          {' '}
          <TextLink href={`/again?back=${encodeURIComponent(page)}`}>Prove who you are</TextLink>
        </>
      ) : null}
    </p>
  );
}

function toneOf(answer: ReturnType<typeof useAnswer>): string {
  if (!answer?.ok) return 'text-red';
  return answer.isCaution ? 'text-amber' : 'text-run';
}
