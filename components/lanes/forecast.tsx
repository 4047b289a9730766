import { gearWord } from '@/components/gear/words';
import { Card } from '@/components/ui/card';
import { formatCount, formatLevel, plural } from '@/components/ui/numbers';
import { isAbove, nextGear } from '@/lib/domain/gear';
import type { LanePage } from '@/lib/lanes/types';

/** Beyond so many tasks the number says no more than "far". */
const FAR = 500;

function awayOf(tasks: number): string {
  return tasks > FAR ? `more than ${formatCount(FAR)} tasks away` : `about ${plural(tasks, 'task')} away`;
}

/** How far the next gear is at the present rate of clean work; null when there is nothing to foretell. */
function forecastOf({ cell, bars }: LanePage): string | null {
  const next = nextGear(cell.gear);
  const bar = bars.find(({ gear }) => gear === next);
  if (next === null || isAbove(next, cell.ceiling) || !bar) return null;
  if (bar.now.met) return `The evidence for ${next} is there.`;
  const { matured, pending } = cell.counts;
  const has = `${formatCount(matured)} counted, ${formatCount(pending)} maturing.`;
  const expected =
    bar.now.expectedTasks === null
      ? `At the present score the lane stays below ${formatLevel(bar.bar)}; it must get better first.`
      : `${gearWord[next]} is ${awayOf(bar.now.expectedTasks)} at the present rate of clean work.`;
  return `${has} ${expected}`;
}

export function Forecast({ page }: { page: LanePage }) {
  const forecast = forecastOf(page);
  if (forecast === null) return null;
  return (
    <Card className="flex flex-col gap-1 px-4 py-3.5" aria-label="Forecast">
      <h2 className="font-semibold">Forecast{page.recommendation ? ', now' : ''}</h2>
      <p className="text-sm text-muted">{forecast}</p>
    </Card>
  );
}
