import { formatCount, formatLevel } from '@/components/ui/numbers';
import { isAbove, nextGear } from '@/lib/domain/gear';
import { MOSTLY_BORROWED } from '@/lib/domain/trust/pooling';
import type { BarProgress, LanePage } from '@/lib/lanes/types';

/** Beyond so many tasks the number says no more than "far". */
const FAR = 500;

type Page = Pick<LanePage, 'bars' | 'notClean' | 'score'> & {
  cell: Pick<LanePage['cell'], 'gear' | 'ceiling' | 'cleanNeededNow' | 'counts' | 'blocker'>;
};

/**
 * How far the next gear is as the work has gone so far, beside the best case, which is the number of the headline. Null when there is
 * nothing to foretell.
 */
export function forecastOf(page: Page): string | null {
  const { cell, bars } = page;
  const next = nextGear(cell.gear);
  const bar = bars.find(({ gear }) => gear === next);
  if (next === null || isAbove(next, cell.ceiling) || !bar) return null;
  if (bar.now.met)
    return cell.cleanNeededNow
      ? `The evidence for ${next} is there; what is missing is time in ${cell.gear}.`
      : `The evidence for ${next} is there.`;
  const { matured, pending } = cell.counts;
  const sentences = [`${formatCount(matured)} counted, ${formatCount(pending)} maturing.`, atBest(page)];
  const going = asSoFar(page, bar);
  // Above stands what stops the lane, which may be something else than a number.
  const namesNumber = Boolean(cell.cleanNeededNow) && /\d+ more clean review/.test(cell.blocker);
  if (going !== '') sentences.push(namesNumber ? `The number above holds if all are clean. ${going}` : going);
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** The headline has the number of clean reviews already. */
function atBest({ cell: { cleanNeededNow: clean } }: Page): string {
  if (clean === null) return 'No number of clean reviews within reach would do.';
  return clean === 0 ? 'What still matures will do if it stays clean.' : '';
}

/** Says nothing where all was clean so far, where the score is hardly the lane's own, and nothing that is better than the best. */
function asSoFar({ cell, notClean, score }: Page, { bar, now: { expectedTasks } }: BarProgress): string {
  if (notClean === 0 || score === null || score.priorShare > MOSTLY_BORROWED) return '';
  if (expectedTasks === null)
    return `Going on at the present score, ${formatLevel(score.value)}, would never prove ${formatLevel(bar)}: fewer tasks must lose points.`;
  if (cell.cleanNeededNow !== null && expectedTasks <= cell.cleanNeededNow) return '';
  const about = expectedTasks > FAR ? `more than ${formatCount(FAR)}` : `about ${formatCount(expectedTasks)}`;
  return `Going on as so far, ${about} tasks.`;
}
