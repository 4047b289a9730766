import { level } from '../lane/words';
import type { LaneStanding, ReportLane } from './content';

const two = (value: number) => value.toFixed(2).replace(/^0/, '');

/** "≥ .85", or "nothing" */
export function provenInWords({ proven }: LaneStanding): string {
  return proven === null ? 'nothing' : `≥ ${level(proven)}`;
}

/** ".90 (.85 to .94)", or "–" */
export function scoreInWords({ score }: LaneStanding): string {
  return score ? `${two(score.value)} (${two(score.low)} to ${two(score.high)})` : '–';
}

/** "≥ .85 (was ≥ .80)" */
export function provenSinceInWords(now: LaneStanding, before: LaneStanding): string {
  const said = provenInWords(now);
  return now.proven === before.proven ? said : `${said} (was ${provenInWords(before)})`;
}

/** ".90 (.85 to .94); was .88" */
export function scoreSinceInWords(now: LaneStanding, before: LaneStanding): string {
  const said = scoreInWords(now);
  if (!now.score || !before.score || two(now.score.value) === two(before.score.value)) return said;
  return `${said}; was ${two(before.score.value)}`;
}

/** What stops a lane, in a sentence; also where nothing does. */
export function stopOf({ blocker, verdict }: Pick<ReportLane, 'blocker' | 'verdict'>): string {
  return blocker || (verdict === 'promote' ? 'It waits for a decision.' : 'It is at the top.');
}
