import { gearMeaning, gearSteps, gearWord } from '@/components/gear/words';
import { paths } from '@/components/layout/paths';
import { CsvButton } from '@/components/ui/csv-button';
import { StepGlyph } from '@/components/ui/step-glyph';
import { TextLink } from '@/components/ui/text-link';
import { GEARS } from '@/lib/domain/gear';
import { LaneMarkIcon } from './lane-mark';
import { markWord } from './lane-words';

const marks = ['waiting', 'demoted', 'tight', 'stale'] as const;

export function LaneMapLegend({ org, mapId }: { org: string; mapId: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line px-4 py-2.5 text-xs text-muted">
      {GEARS.map((gear) => (
        <span key={gear} className="inline-flex items-center gap-1.5">
          <span data-gear={gear} className="text-gear">
            <StepGlyph filled={gearSteps[gear]} />
          </span>
          {gearWord[gear]}: {gearMeaning[gear]}
        </span>
      ))}
      <span>
        <span className="font-mono [word-spacing:-0.3em]">≥ .85</span> = proven level
      </span>
      <span>7 more = clean reviews still needed</span>
      {marks.map((mark) => (
        <span key={mark} aria-hidden="true" className="inline-flex items-center gap-1.5">
          <LaneMarkIcon mark={mark} className="inline-flex size-3.5" />
          {markWord[mark]}
        </span>
      ))}
      <span className="ml-auto whitespace-nowrap print:hidden">
        <TextLink quiet href={paths.lanes(org)} className="hover:text-ink">
          View as table
        </TextLink>{' '}
        · <CsvButton tableId={mapId} fileName="gait-map.csv" aria-label="Save the map as CSV" />
      </span>
    </div>
  );
}
