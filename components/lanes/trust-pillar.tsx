import { formatAmount, formatCount, formatLevel, formatScore, plural } from '@/components/ui/numbers';
import { formatRecent } from '@/components/ui/time';
import { type Gear, isAbove, nextGear } from '@/lib/domain/gear';
import { MOSTLY_BORROWED } from '@/lib/domain/trust/pooling';
import type { BarProgress, LanePage, Score } from '@/lib/lanes/types';
import { Pillar, type PillarLine } from './pillar';
import { toleranceOf } from './tolerance-words';

/** Evidence grows exponentially: beyond so many times what is needed, the number says nothing more. */
const FAR = 100;

function barLine({ gear, bar, needed, now: { evidence, met } }: BarProgress, current: Gear): PillarLine {
  // A gear that the lane holds, or passed, was proven once: by evidence that has faded, or that an ended epoch took along.
  const isHeld = !isAbove(gear, current);
  const standing = met ? 'Proven' : isHeld ? 'No longer proven' : 'Not yet proven';
  const has = evidence > FAR * needed ? 'far more than the' : `${formatAmount(Math.max(0, evidence))} of`;
  return {
    key: `bar-${gear}`,
    state: met ? 'met' : isHeld ? 'note' : 'missing',
    text: `${standing} ≥\u00a0${formatLevel(bar)} for ${gear}: evidence ${has} ${formatAmount(needed)} needed`,
  };
}

function fadingLine(idleSince: string, fadedDays: number): string {
  const left = Math.round(100 * 2 ** (-fadedDays / 30));
  return `Nothing has matured since ${formatRecent(idleSince)}: evidence halves every 30 days, ${left < 1 ? 'less than 1' : left} % is left`;
}

function linesOf(page: LanePage): PillarLine[] {
  const { cell, bars, inGear, minInGear, failsToDemote, failsToTighten } = page;
  const next = nextGear(cell.gear);
  const lines = bars.map((bar) => barLine(bar, cell.gear));
  if (next === 'run' && !isAbove(next, cell.ceiling)) {
    lines.push({
      key: 'in-gear',
      state: inGear >= minInGear ? 'met' : 'missing',
      text: `${plural(inGear, 'matured task')} in ${cell.gear}, ${formatCount(minInGear)} needed`,
    });
  }
  if (cell.idleSince)
    lines.push({ key: 'idle', state: 'missing', text: fadingLine(cell.idleSince, cell.fadedDays) });
  if (cell.tight)
    lines.push({ key: 'tight', state: 'missing', text: 'Tightened: 10 clean reviews in a row loosen it' });
  if (cell.stale)
    lines.push({ key: 'stale', state: 'missing', text: 'The evidence is stale: reviewed as one gear lower' });
  for (const text of toleranceOf({ gear: cell.gear, tight: cell.tight, failsToTighten, failsToDemote }))
    lines.push({ key: text, state: 'note', text });
  return lines;
}

export function TrustPillar({ page }: { page: LanePage }) {
  const { cell, bars, score, recommendation } = page;
  const next = nextGear(cell.gear);
  const bar = bars.find(({ gear }) => gear === next);
  const met = next === null || bar?.now.met === true;
  const standing = next === null ? 'at the top' : `${met ? 'met' : 'not met'} for ${next}`;
  return (
    <Pillar
      title={recommendation ? 'Trust, now' : 'Trust'}
      standing={standing}
      tone={met ? 'green' : 'amber'}
      lines={linesOf(page)}
    >
      {score ? <p className="border-t border-line pt-2 text-xs text-muted">{scoreInWords(score)}</p> : null}
    </Pillar>
  );
}

/** What the displayed score is worth. One that is hardly the lane's own is not shown: it would speak of other lanes. */
function scoreInWords({ value, low, high, ownCount, priorShare, otherLanes }: Score): string {
  const own = `${formatAmount(ownCount)} own ${formatAmount(ownCount) === '1' ? 'task' : 'tasks'}`;
  const share = `${Math.round(priorShare * 100)} %`;
  const source =
    otherLanes > 0
      ? 'borrowed from the organisation’s other lanes'
      : 'a neutral start, as no other lane has a score yet';
  if (priorShare > MOSTLY_BORROWED)
    return `No score now: its own tasks are few or long ago, so ${share} of it would be ${source}.`;
  return `Score ${formatScore(value)} (90 % interval ${formatScore(low)} to ${formatScore(high)}), from ${own}; ${share} ${source}. Shown for orientation: it never moves a gear.`;
}
