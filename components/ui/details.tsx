import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = { summary: ReactNode; children: ReactNode; open?: boolean; className?: string };

/** Folds away what only some readers want; works without JavaScript. */
export function Details({ summary, children, open, className }: Props) {
  return (
    <details className={className} open={open}>
      <summary className="flex w-fit items-center gap-1 rounded-sm text-sm text-muted hover:text-ink">
        <ChevronRight
          size={14}
          aria-hidden
          className="transition-transform in-[details[open]>summary]:rotate-90"
        />
        {summary}
      </summary>
      {children}
    </details>
  );
}
