/** The least version of a part, within one line of its versions, that has none of the faults known on the day it was told. */
export type Floor = {
  /** `PostgreSQL`, or the name of an npm package. */
  part: string;
  /** The versions it is about begin with this, such as `18` or `0.8`. */
  line: string;
  floor: string;
  why: string;
  /** Where it is said. */
  source: string;
  /** The day it was said, or found there. */
  told: string;
};

const postgres = (line: string, floor: string, source: string, told: string): Floor => ({
  part: 'PostgreSQL',
  line,
  floor,
  why: 'the faults told with the minor releases of August 2026',
  source: `https://postgrespro.com/docs/enterprise/${source}`,
  told,
});

/** Kept by hand: whoever learns of a fault writes it down here, and `npm test` says what falls short. */
export const VERSION_FLOORS: readonly Floor[] = [
  postgres('18', '18.6', '18/release-proee-18-6-0', '2026-08-20'),
  postgres('17', '17.11', '17/release-proee-17-11-0', '2026-08-18'),
  postgres('16', '16.15', '16/release-proee-16-15-0', '2026-09-10'),
  postgres('15', '15.19', '15/release-proee-15-19-0.html', '2026-09-09'),
  {
    part: 'next',
    line: '16',
    floor: '16.2.11',
    why: 'CVE-2026-64642 and those told with it: a way around the proxy, mixed caches, requests to the inside',
    source: 'https://github.com/sourcebot-dev/sourcebot/pull/1492',
    told: '2026-07-23',
  },
  {
    part: '@node-saml/node-saml',
    line: '5',
    floor: '5.1.0',
    why: 'CVE-2025-54419: an assertion read from outside of what was signed',
    source: 'https://github.com/advisories/GHSA-4mxg-3p6v-xgq3',
    told: '2025-07-28',
  },
  ...(['6.0.1', '2.1.6'] as const).map((floor) => ({
    part: 'xml-crypto',
    line: floor.slice(0, 1),
    floor,
    why: 'CVE-2025-29774 and CVE-2025-29775: signatures that stand although the text was changed',
    source: 'https://workos.com/blog/samlstorm',
    told: '2025-03-14',
  })),
  ...(['0.8.4', '0.7.7'] as const).map((floor) => ({
    part: '@xmldom/xmldom',
    line: floor.slice(0, 3),
    floor,
    why: 'CVE-2022-39353: several roots in one document',
    source: 'https://github.com/advisories/GHSA-crh6-fp67-6883',
    told: '2022-11-01',
  })),
];

const numbersOf = (version: string): number[] => (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map(Number);

/** Compares `18.4` or `6.0.1` number by number; what is missing counts as nothing, and what follows the numbers for nothing. */
function isBelow(version: string, floor: string): boolean {
  const found = numbersOf(version);
  for (const [place, least] of numbersOf(floor).entries()) {
    const number = found[place] ?? 0;
    if (number !== least) return number < least;
  }
  return false;
}

/** The floor that a version of a part falls short of, if there is one. */
export function floorAbove(part: string, version: string): Floor | null {
  const floor = VERSION_FLOORS.find((one) => one.part === part && `${version}.`.startsWith(`${one.line}.`));
  return floor && isBelow(version, floor.floor) ? floor : null;
}
