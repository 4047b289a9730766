import { Check, Circle, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

export type PillarLine = { state: 'met' | 'missing' | 'note'; text: string; key: string };

const look = {
  met: { icon: Check, className: 'text-run', word: 'Met: ' },
  missing: { icon: Circle, className: 'text-amber', word: 'Missing: ' },
  note: { icon: Hourglass, className: 'text-muted', word: '' },
} as const;

type Props = {
  title: string;
  standing: string;
  tone: 'green' | 'amber' | 'quiet';
  lines: PillarLine[];
  children?: ReactNode;
};

const tones = { green: 'text-run', amber: 'text-amber', quiet: 'text-muted' };

/** One of the three pillars: what is met and what is missing. */
export function Pillar({ title, standing, tone, lines, children }: Props) {
  return (
    <Card className="flex flex-col gap-2 px-4 py-3.5" aria-label={title}>
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{title}</h2>
        <span className={`text-right text-sm font-medium ${tones[tone]}`}>{standing}</span>
      </div>
      <ul className="flex flex-col gap-1.5 text-sm text-muted">
        {lines.map(({ state, text, key }) => {
          const { icon: Icon, className, word } = look[state];
          return (
            <li key={key} className="flex gap-2">
              <Icon size={14} strokeWidth={2.25} aria-hidden className={`mt-0.75 shrink-0 ${className}`} />
              <span className="min-w-0">
                <span className="sr-only">{word}</span>
                {text}
              </span>
            </li>
          );
        })}
      </ul>
      {children}
    </Card>
  );
}
