import { Card } from '@/components/ui/card';
import { GridColumnHeader, GridRow } from '@/components/ui/grid-parts';
import type { CategoryColumn, TeamRow } from '@/lib/lanes/types';
import styles from './lane-map.module.css';
import { LaneMapKeys } from './lane-map-keys';
import { LaneMapLegend } from './lane-map-legend';
import { LaneMapRow } from './lane-map-row';
import { RiskMark } from './risk-mark';

const mapId = 'lane-map';

type Props = { org: string; categories: CategoryColumn[]; teams: TeamRow[]; now: number };

/** The map: teams down, categories across, a cell per lane. */
export function LaneMap({ org, categories, teams, now }: Props) {
  return (
    <Card aria-label="The map of lanes">
      <div className={styles.scroller}>
        <LaneMapKeys
          id={mapId}
          label="Lanes: teams down, kinds of work across"
          rowCount={teams.length + 1}
          className={styles.grid ?? ''}
          categories={categories.length}
        >
          <GridRow aria-rowindex={1} className={styles.head}>
            <GridColumnHeader className={styles.team}>Team</GridColumnHeader>
            {categories.map(({ key, name, description, risk }) => (
              <GridColumnHeader key={key} title={description} data-csv={name}>
                <span className={styles.kind}>{name}</span> <RiskMark risk={risk} />
              </GridColumnHeader>
            ))}
            <GridColumnHeader>What stops it</GridColumnHeader>
          </GridRow>
          {teams.map((team, index) => (
            <LaneMapRow key={team.slug} {...{ org, team, categories, now }} index={index + 2} />
          ))}
        </LaneMapKeys>
      </div>
      <LaneMapLegend org={org} mapId={mapId} />
    </Card>
  );
}
