import { GearBadge } from '@/components/gear/gear-badge';
import { Level } from '@/components/gear/level';
import { verdictTone, verdictWord } from '@/components/gear/verdict-words';
import { paths } from '@/components/layout/paths';
import { Chip } from '@/components/ui/chip';
import { DataTable, Td, Th } from '@/components/ui/data-table';
import { formatCount } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import type { LaneFilters, LaneListRow } from '@/lib/lanes/types';
import { SortHeader } from './sort-header';

type Props = { org: string; rows: readonly LaneListRow[]; filters: LaneFilters; id: string };

export function LanesTable({ org, rows, filters, id }: Props) {
  return (
    <DataTable label="Lanes" id={id}>
      <thead>
        <tr>
          <SortHeader {...{ org, filters }} sort="team" label="Team" />
          <SortHeader {...{ org, filters }} sort="category" label="Kind of work" />
          <SortHeader {...{ org, filters }} sort="gear" label="Gear" />
          <SortHeader {...{ org, filters }} sort="proven" label="Proven" />
          <Th>Verdict</Th>
          <SortHeader {...{ org, filters }} sort="decided" label="Decided" />
          <SortHeader {...{ org, filters }} sort="reviewed" label="Reviewed" />
          <Th>What stops it</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((lane) => (
          <tr key={`${lane.team}/${lane.category}`} className="hover:bg-hover/60">
            <Td>
              <TextLink quiet href={paths.team(org, lane.team)}>
                <bdi>{lane.teamName}</bdi>
              </TextLink>
            </Td>
            <Td className="font-medium">
              <TextLink href={paths.lane(org, lane.team, lane.category)}>
                <bdi>{lane.categoryName}</bdi>
              </TextLink>
            </Td>
            <Td data-csv={lane.gear}>
              <GearBadge gear={lane.gear} />
            </Td>
            <Td data-csv={lane.provenNow ?? ''}>
              <Level value={lane.provenNow} />
            </Td>
            <Td>
              <Chip tone={verdictTone[lane.verdict]}>{verdictWord[lane.verdict]}</Chip>
            </Td>
            <Td className="tnum" data-csv={lane.counts.decided}>
              {formatCount(lane.counts.decided)}
            </Td>
            <Td className="tnum" data-csv={lane.counts.reviewed}>
              {formatCount(lane.counts.reviewed)}
            </Td>
            <Td className="text-muted max-sm:whitespace-nowrap sm:min-w-56">
              <bdi>{lane.blocker || (lane.recommendationId ? 'Waits for a decision' : 'Nothing')}</bdi>
            </Td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
