import { GearMove } from '@/components/gear/gear-move';
import { moveWord } from '@/components/gear/move-words';
import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { MoveRow } from '@/lib/lanes/types';

const most = 12;

/** The week's gear moves, a line each. */
export function WeekList({ org, moves }: { org: string; moves: readonly MoveRow[] }) {
  if (moves.length === 0) return <p className="text-sm text-muted">No gear moved in the last seven days.</p>;
  return (
    <>
      <ol className="divide-y divide-line border-y border-line text-sm">
        {moves.slice(0, most).map((move) => (
          <li
            key={`${move.team}/${move.category}/${move.at}/${move.kind}`}
            className="grid grid-cols-[2.5rem_1fr] gap-2 py-2.5"
          >
            <span className="text-muted">
              <Time at={move.at} style="weekday" />
            </span>
            <div className="min-w-0">
              <p>
                <TextLink quiet href={paths.lane(org, move.team, move.category)} className="font-medium">
                  <bdi>{move.teamName}</bdi> · <bdi>{move.categoryName}</bdi>
                </TextLink>{' '}
                {moveWord[move.kind].toLowerCase()}
                {move.withdrawn ? ' (taken back)' : ''}
                {move.from === move.to ? '' : ': '}
                {move.from === move.to ? null : <GearMove from={move.from} to={move.to} />}
              </p>
              <p className="line-clamp-2 text-muted">
                <bdi>{move.reason}</bdi>
              </p>
            </div>
          </li>
        ))}
      </ol>
      {moves.length > most ? (
        <p className="mt-2 text-sm">
          <TextLink href={paths.decisions(org)}>All {moves.length} moves</TextLink>
        </p>
      ) : null}
    </>
  );
}
