import type { Gear } from '@/lib/domain/gear';
import { gearWord } from './words';

/** "walk → run" */
export function GearMove({ from, to }: { from: Gear; to: Gear }) {
  return (
    <span className="whitespace-nowrap">
      {gearWord[from].toLowerCase()} <span aria-hidden="true">→</span>
      <span className="sr-only">to</span>{' '}
      <span data-gear={to} className="text-gear">
        {gearWord[to].toLowerCase()}
      </span>
    </span>
  );
}
