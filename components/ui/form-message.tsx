import { cn } from './class-names';

type Props = { answer: { ok: boolean; message?: string } | null };

/** What became of the form, said aloud to screen readers as well. Always in the page, so that a change is announced. */
export function FormMessage({ answer }: Props) {
  const message = answer?.message;
  return (
    <p
      role={answer && !answer.ok ? 'alert' : 'status'}
      className={cn('text-sm empty:hidden', answer?.ok ? 'text-run' : 'text-red')}
    >
      {message}
    </p>
  );
}
