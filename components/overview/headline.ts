import { formatCount, plural } from '@/components/ui/numbers';
import { formatPast } from '@/components/ui/time';
import { withoutBidiControls } from '@/lib/domain/bidi';
import type { MoveRow, Overview } from '@/lib/lanes/types';

function lanesOf({ teams }: Pick<Overview, 'teams'>) {
  return teams.flatMap((team) => Object.values(team.lanes));
}

function sentenceOfFalls(moves: readonly MoveRow[], now: number): string {
  const falls = moves.filter(({ kind, withdrawn }) => kind === 'demoted' && withdrawn === null);
  const teams = [...new Set(falls.map(({ teamName }) => teamName))];
  const [last] = falls;
  if (!last) return 'nothing was demoted this week';
  if (teams.length > 1) return `${plural(falls.length, 'lane')} fell back this week`;
  const what = falls.length === 1 ? `${last.teamName} · ${last.categoryName}` : last.teamName;
  return `${withoutBidiControls(what)} fell back to ${last.to} ${formatPast(last.at, now)}`;
}

/** The overview's answer, in two parts: what waits for a decision, and how the lanes stand. */
export function headlineOfOverview(overview: Pick<Overview, 'teams' | 'moves'>, now: number) {
  const lanes = lanesOf(overview);
  const running = lanes.filter(({ gear }) => gear === 'run').length;
  const walking = lanes.filter(({ gear }) => gear === 'walk').length;
  const count = lanes.filter(({ recommendationId }) => recommendationId !== null).length;
  const waits =
    count === 0 ? 'No decision waits.' : `${plural(count, 'decision')} ${count === 1 ? 'waits' : 'wait'}.`;
  const run = `${formatCount(running)} of ${plural(lanes.length, 'lane')} ${running === 1 ? 'runs' : 'run'}`;
  const walk = `${formatCount(walking)} ${walking === 1 ? 'walks' : 'walk'}`;
  return { count, waits, stands: `${run}, ${walk}; ${sentenceOfFalls(overview.moves, now)}.` };
}
