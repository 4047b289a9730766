import { plural } from '@/components/ui/numbers';
import { type Gear, lowerGear } from '@/lib/domain/gear';

type Lane = { gear: Gear; tight: boolean; failsToTighten: number | null; failsToDemote: number | null };

/** What failures in a row would do to a lane above crawl. A tightening that would come no sooner than the demotion never comes. */
export function toleranceOf({ gear, tight, failsToTighten, failsToDemote }: Lane): string[] {
  const sentences: string[] = [];
  if (failsToTighten !== null && !tight && failsToTighten < (failsToDemote ?? Number.POSITIVE_INFINITY))
    sentences.push(`${failures(failsToTighten)} would raise its review level`);
  if (failsToDemote !== null)
    sentences.push(`${failures(failsToDemote)} would take it back to ${lowerGear(gear)}`);
  return sentences;
}

function failures(count: number): string {
  return `${plural(count, 'failure')}${count > 1 ? ' in a row' : ''}`;
}
