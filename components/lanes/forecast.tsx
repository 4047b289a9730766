import { Card } from '@/components/ui/card';
import { formatCount, formatLevel, plural } from '@/components/ui/numbers';
import { isAbove, nextGear } from '@/lib/domain/gear';
import type { LanePage } from '@/lib/lanes/types';

function sentencesOf({ cell, bars }: LanePage): string[] {
  const next = nextGear(cell.gear);
  if (next === null) return ['The lane runs. There is no gear above it.'];
  if (isAbove(next, cell.ceiling))
    return [`Policy keeps this kind of work at ${cell.ceiling}, whatever the evidence.`];
  const bar = bars.find(({ gear }) => gear === next);
  if (!bar) return [];
  if (bar.met) return [`The evidence for ${next} is there.`];
  const { counts } = cell;
  const has = `${formatCount(counts.matured)} counted, ${formatCount(counts.pending)} maturing`;
  const needs = bar.cleanNeededAfterPending ?? bar.cleanNeeded;
  if (needs === null) return [`${has}. ${next} is out of reach at this rate.`];
  const then =
    needs === 0
      ? `once those have matured, ${next} is proven if nothing bad comes`
      : `then ${plural(needs, 'more clean review')} for ${next}`;
  const expected =
    bar.expectedTasks === null
      ? `At the present score the lane stays below ${formatLevel(bar.bar)}; it must get better first.`
      : `At the present rate of clean work: about ${plural(bar.expectedTasks, 'task')}.`;
  return [`${has}; ${then}.`, expected];
}

/** How far the next gear is, in tasks. */
export function Forecast({ page }: { page: LanePage }) {
  return (
    <Card className="flex flex-col gap-1 px-4 py-3.5" aria-label="Forecast">
      <h2 className="font-semibold">Forecast</h2>
      {sentencesOf(page).map((sentence) => (
        <p key={sentence} className="text-sm text-muted">
          {sentence}
        </p>
      ))}
    </Card>
  );
}
