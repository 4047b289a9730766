import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DEFAULT_CATEGORIES } from './category';
import { OUTCOME_LABELS, OUTCOME_SCORES, type TaskOutcome } from './outcome';

const page = readFileSync(new URL('../../docs/evidence.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

it.each(Object.keys(OUTCOME_LABELS) as TaskOutcome[])('docs/evidence.md says what %s is worth', (outcome) => {
  const score = OUTCOME_SCORES[outcome];
  const worth = score === null ? 'no evidence' : String(score).replace(/^0\./, '.');
  expect(rows.find(([name]) => name === OUTCOME_LABELS[outcome].toLowerCase())?.[2]).toBe(worth);
});

it.each(DEFAULT_CATEGORIES)(
  'docs/evidence.md names $key with its risk and highest gear',
  ({ key, risk, ceiling }) => {
    const row = rows.find(([keys]) => keys?.split(', ').includes(`\`${key}\``));
    expect(row?.slice(1)).toEqual([risk, ceiling]);
  },
);
