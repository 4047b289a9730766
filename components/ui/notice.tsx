import type { ReactNode } from 'react';
import { cn } from './class-names';

const tones = {
  quiet: 'border-line bg-crawl-soft text-ink',
  amber: 'border-amber/30 bg-amber-soft text-ink',
  red: 'border-red/30 bg-red-soft text-ink',
};

type Props = { tone?: keyof typeof tones; children: ReactNode; className?: string };

export function Notice({ tone = 'quiet', children, className }: Props) {
  return <div className={cn('rounded-lg border px-3 py-2 text-sm', tones[tone], className)}>{children}</div>;
}
