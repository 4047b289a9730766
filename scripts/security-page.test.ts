import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import asvs from './asvs-5.0.0.json' with { type: 'json' };

type Row = { id: string; level: string; asked: string; answer: string; where: string; shownBy: string };

const page = readFileSync('docs/SECURITY.md', 'utf8');

const rows: Row[] = [
  ...page.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm),
].map(([, id = '', level = '', asked = '', answer = '', where = '', shownBy = '']) => ({
  id,
  level,
  asked,
  answer,
  where,
  shownBy,
}));

/** Files that a text names; names with a star stand for many. */
function filesIn(text: string): string[] {
  const folders = /(?:app|components|docs|e2e|lib|prisma|scripts)\/[\w./[\]-]+\.(?:tsx?|mjs|md|prisma)/g;
  const ofRoot = /(?<![\w/.])[\w.-]+\.(?:json|cjs|config\.ts)/g;
  return [...(text.match(folders) ?? []), ...(text.match(ofRoot) ?? [])];
}

describe('the table of requirements', () => {
  it('has each of levels 1 and 2 once, at its level', () => {
    const ofLevel = (level: string) => rows.filter((row) => row.level === level).map(({ id }) => id);
    expect(ofLevel('1')).toEqual(asvs[1].split(' '));
    expect(ofLevel('2')).toEqual(asvs[2].split(' '));
  });

  it('says of each whether it is met, and where, or why not', () => {
    const vague = rows.filter(
      ({ answer, where }) => !['met', 'not met', 'n/a'].includes(answer) || where.length < 5,
    );
    expect(vague).toEqual([]);
  });

  it('names files that are there', () => {
    expect(rows.flatMap(({ where }) => filesIn(where)).length).toBeGreaterThan(150);
    expect(filesIn(page).filter((file) => !existsSync(file))).toEqual([]);
  });

  it('names tests that are there', () => {
    const named = rows.filter(({ shownBy }) => shownBy !== '–');
    const missing = named.filter(({ shownBy }) => {
      const [file = '', title = ''] = shownBy.split(' › ');
      return title === '' || !existsSync(file) || !readFileSync(file, 'utf8').includes(`'${title}'`);
    });
    expect(missing.map(({ id, shownBy }) => `${id}: ${shownBy}`)).toEqual([]);
    expect(named.length).toBeGreaterThan(100);
  });
});
