import { paths } from '@/components/layout/paths';
import { Chip } from '@/components/ui/chip';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { UserText } from '@/components/ui/user-text';
import type { MoveRow } from '@/lib/lanes/types';
import { GearMove } from './gear-move';
import { MoveEvidence } from './move-evidence';
import { moveTone, moveWord } from './move-words';

type Props = { org: string; moves: readonly MoveRow[]; withLane?: boolean };

/** The gear-move log: what moved, when, by whom, on which evidence. */
export function MoveLog({ org, moves, withLane = true }: Props) {
  return (
    <ol className="divide-y divide-line">
      {moves.map((move) => (
        <li
          key={`${move.team}/${move.category}/${move.at}/${move.kind}`}
          className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[7rem_1fr]"
        >
          <span className="text-sm text-muted">
            <Time at={move.at} />
          </span>
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Chip tone={move.withdrawn ? 'quiet' : moveTone[move.kind]}>{moveWord[move.kind]}</Chip>
              {move.withdrawn ? <Chip tone="quiet">Taken back</Chip> : null}
              {withLane ? (
                <TextLink href={paths.lane(org, move.team, move.category)} className="font-medium">
                  <bdi>{move.teamName}</bdi> · <bdi>{move.categoryName}</bdi>
                </TextLink>
              ) : null}
              {move.from === move.to ? null : <GearMove from={move.from} to={move.to} />}
            </p>
            <UserText className="mt-0.5 text-sm text-muted">{move.reason}</UserText>
            {move.withdrawn ? (
              <p className="mt-0.5 text-sm">
                Stands no longer, since <Time at={move.withdrawn.at} />:{' '}
                <UserText>{move.withdrawn.reason}</UserText>
              </p>
            ) : null}
            <MoveEvidence org={org} move={move} />
          </div>
        </li>
      ))}
    </ol>
  );
}
