import { StepGlyph } from '@/components/ui/step-glyph';
import type { Gear } from '@/lib/domain/gear';
import { gearSteps, gearWord } from './words';

/** A gear by fill, word and colour; no higher than the line it stands in. */
export function GearBadge({ gear }: { gear: Gear }) {
  return (
    <span
      data-gear={gear}
      className="-my-0.5 inline-flex items-center gap-1.5 rounded-md bg-gear-soft px-2 py-0.5 text-sm font-medium text-gear"
    >
      <StepGlyph filled={gearSteps[gear]} />
      {gearWord[gear]}
    </span>
  );
}
