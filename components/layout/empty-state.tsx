import type { ReactNode } from 'react';

type Props = { title: string; children: ReactNode; action?: ReactNode };

/** Nothing here yet, and what to do about it. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className="flex flex-col items-start gap-2 rounded-xl border border-dashed border-field-line/50 px-5 py-6">
      <p className="font-semibold">{title}</p>
      <div className="max-w-prose text-muted">{children}</div>
      {action ? <div className="mt-1">{action}</div> : null}
    </div>
  );
}
