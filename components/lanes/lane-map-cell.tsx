import { gearSteps, gearWord } from '@/components/gear/words';
import { paths } from '@/components/layout/paths';
import { GridCell } from '@/components/ui/grid-parts';
import { StepGlyph } from '@/components/ui/step-glyph';
import type { CategoryColumn, LaneCell } from '@/lib/lanes/types';
import styles from './lane-map.module.css';
import { LaneMarkIcon } from './lane-mark';
import { isAtCeiling, markOf, standingOf } from './lane-words';
import { Spark } from './spark';

type Props = { org: string; category: CategoryColumn; cell: LaneCell | undefined; now: number };

/** One lane on the map. Plain markup: there may be thousands. */
export function LaneMapCell({ org, category, cell, now }: Props) {
  if (!cell) {
    return (
      <GridCell className={styles.none} data-csv="">
        <span aria-hidden="true">–</span>
        <span className="sr-only">No {category.name} lane</span>
      </GridCell>
    );
  }
  const mark = markOf(cell, now);
  const standing = standingOf(cell);
  const greyed = cell.gear === 'crawl' && isAtCeiling(cell);
  return (
    <GridCell className={styles.cell} data-csv={`${cell.gear} ${standing}`}>
      <a
        href={paths.lane(org, cell.team, cell.category)}
        className={styles.lane}
        data-gear={cell.gear}
        data-mark={mark ?? undefined}
        data-ceiling={greyed || undefined}
      >
        <span className={styles.category}>{category.name}</span>
        <StepGlyph filled={gearSteps[cell.gear]} />
        <span className={styles.word}>{gearWord[cell.gear]}</span>
        {mark ? <LaneMarkIcon mark={mark} className={styles.mark ?? ''} /> : null}
        <span className={styles.under}>{standing.startsWith('≥') ? <b>{standing}</b> : standing}</span>
        <Spark values={cell.spark} className={styles.spark} />
      </a>
    </GridCell>
  );
}
