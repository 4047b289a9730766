import { ArrowDown, ArrowUp, Clock, Waves } from 'lucide-react';
import { type LaneMark, markWord } from './lane-words';

const look = {
  waiting: { icon: ArrowUp, className: 'rounded-full bg-walk text-card p-0.5' },
  demoted: { icon: ArrowDown, className: 'text-red' },
  tight: { icon: Waves, className: 'text-amber' },
  stale: { icon: Clock, className: 'text-amber' },
} as const;

/** What most wants a look about a lane, by shape, colour and (for screen readers) words. */
export function LaneMarkIcon({ mark, className = '' }: { mark: LaneMark; className?: string }) {
  const { icon: Icon, className: own } = look[mark];
  return (
    <span className={`${className} ${own}`} title={markWord[mark]}>
      <Icon className="size-full" strokeWidth={2.75} aria-hidden />
      <span className="sr-only">, {markWord[mark]}</span>
    </span>
  );
}
