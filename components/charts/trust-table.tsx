import { DataTable, Td, Th } from '@/components/ui/data-table';
import { formatLevel, formatScore } from '@/components/ui/numbers';
import { TextLink } from '@/components/ui/text-link';
import { formatDate } from '@/components/ui/time';
import type { TrustPoint } from './trust-chart-types';

/** The chart's numbers, newest first. */
export function TrustTable({ points, id }: { points: readonly TrustPoint[]; id: string }) {
  return (
    <DataTable label="The chart as a table" id={id}>
      <thead>
        <tr>
          <Th>Week of (UTC)</Th>
          <Th>Score</Th>
          <Th>Low</Th>
          <Th>High</Th>
          <Th>Proven</Th>
          <Th>Gear</Th>
          <Th>Decided tasks</Th>
          <Th>Reviewed tasks</Th>
        </tr>
      </thead>
      <tbody className="tnum">
        {points.toReversed().map((point) => (
          <tr key={point.at}>
            <Td data-csv={new Date(point.at).toISOString().slice(0, 10)}>
              <TextLink href={point.href}>{formatDate(point.at, 'dayOfYear')}</TextLink>
            </Td>
            <Td data-csv={point.score}>{formatScore(point.score)}</Td>
            <Td data-csv={point.low}>{formatScore(point.low)}</Td>
            <Td data-csv={point.high}>{formatScore(point.high)}</Td>
            <Td data-csv={point.proven ?? ''}>
              {point.proven === null ? '–' : `≥ ${formatLevel(point.proven)}`}
            </Td>
            <Td>{point.gear}</Td>
            <Td>{point.decided}</Td>
            <Td>{point.reviewed}</Td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
