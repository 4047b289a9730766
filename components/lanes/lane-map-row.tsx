import { paths } from '@/components/layout/paths';
import { GridCell, GridRow, GridRowHeader } from '@/components/ui/grid-parts';
import type { CategoryColumn, TeamRow } from '@/lib/lanes/types';
import styles from './lane-map.module.css';
import { LaneMapCell } from './lane-map-cell';

type Props = { org: string; team: TeamRow; categories: CategoryColumn[]; index: number; now: number };

export function LaneMapRow({ org, team, categories, index, now }: Props) {
  return (
    <GridRow aria-rowindex={index} className={styles.row}>
      <GridRowHeader className={styles.team}>
        <a href={paths.team(org, team.slug)} className="rounded-sm hover:underline">
          <bdi>{team.name}</bdi>
        </a>
      </GridRowHeader>
      {categories.map((category) => (
        <LaneMapCell
          key={category.key}
          org={org}
          category={category}
          cell={team.lanes[category.key]}
          now={now}
        />
      ))}
      <GridCell className={styles.blocker} tabIndex={-1}>
        <bdi>{team.blocker || 'Nothing'}</bdi>
      </GridCell>
    </GridRow>
  );
}
