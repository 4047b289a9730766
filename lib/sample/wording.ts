import { dependencyTitle } from './dependency-title';
import type { Random } from './random';
import type { Language, SampleTeam } from './teams';

/** Templates: {c} is a component, {n} a noun, {p} a package with its versions. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  tests: [
    'cover the empty {n}',
    'cover {n} edge cases',
    'property tests for the {c} module',
    'regression test for the duplicate {n}',
    'replace sleeps in the {c} suite',
    'contract tests for {c}',
    'test what happens when a {n} is missing',
    'snapshot the {n} responses',
  ],
  bugfix: [
    'crash in {c} when the {n} is empty',
    'off-by-one in the {n} pagination',
    'time zone of {n} timestamps',
    'retry loop in {c} after a timeout',
    'race between two updates of one {n}',
    'duplicate {n} after a retry',
    'wrong status code when a {n} is gone',
    'connection leak in {c}',
    'rounding in the {n} totals',
    'stale {n} after a rename',
  ],
  refactor: [
    'split the {c} module',
    'one place for {n} validation',
    'remove dead code from {c}',
    'typed configuration for {c}',
    'inline the {n} helpers',
    'replace the {n} builder by a function',
    'name the states of a {n}',
  ],
  docs: [
    'how a {n} comes about',
    'correct the {c} set-up guide',
    'explain the limits of {c}',
    'add examples for the {n} endpoints',
    'describe the {c} runbook',
    'keep the {c} diagram in step',
  ],
  chore: [
    'cache the build of {c}',
    'run the {c} checks in parallel',
    'drop the old {c} job',
    'pin the {c} image',
    'tidy the {n} fixtures',
    'move {c} to the shared pipeline',
  ],
  performance: [
    'read every {n} in one query',
    'cache the {n} lookup',
    'stream the {c} response',
    'avoid copying the {n}',
    'index what {c} sorts by',
  ],
  feature: [
    'export a {n} as CSV',
    'filter by {n}',
    'show the history of a {n}',
    'bulk actions for {c}',
    'webhook when a {n} changes',
    'undo for {c}',
    'let people name a {n}',
  ],
  migration: [
    'add a column for the {n} status',
    'backfill the {n} owner',
    'split the {n} table',
    'drop the unused {n} index',
    'make the {n} key wider',
  ],
  security: [
    'validate the {n} signature',
    'limit attempts on {c}',
    'escape the {n} name in mails',
    'shorten the life of a {n} token',
    'deny {c} by default',
  ],
  unclassified: ['Clean up after the {c} launch', 'Follow-up on the {n} review', 'Small things in {c}'],
};

const TYPES: Readonly<Record<string, string>> = {
  tests: 'test',
  bugfix: 'fix',
  refactor: 'refactor',
  docs: 'docs',
  chore: 'chore',
  performance: 'perf',
  feature: 'feat',
};

/** Labels of tasks whose title bears no type. */
const LABELS: Readonly<Record<string, string>> = {
  tests: 'testing',
  bugfix: 'bug',
  refactor: 'refactoring',
  docs: 'documentation',
  chore: 'maintenance',
  performance: 'perf',
  feature: 'enhancement',
  security: 'security',
};

const VERBS: Readonly<Record<string, string>> = {
  bugfix: 'Fix ',
  performance: 'Speed-up: ',
  tests: 'Tests: ',
};

export type Wording = { title: string; labels: string[]; component: string; noun: string };

/** A title and its labels: half of the teams write conventional commits, and nobody does so always. */
export function wordTask(category: string, team: SampleTeam, language: Language, random: Random): Wording {
  const component = random.pick(team.components);
  const noun = random.pick(team.nouns);
  const words = { component, noun };
  if (category === 'dependencies') {
    const labels = random.chance(0.5) ? ['dependencies'] : [];
    return { ...words, title: dependencyTitle(language, random), labels };
  }
  const template = random.pick(SUBJECTS[category] ?? ['change {c}']);
  const subject = template
    .replace('{c}', component)
    .replace('{n}', noun)
    .replace(/\ba (?=[aeiou])/, 'an ');
  const type = TYPES[category];
  if (type && random.chance(0.6)) {
    const scope = random.chance(0.7) ? `(${component})` : '';
    return { ...words, title: `${type}${scope}: ${subject}`, labels: [] };
  }
  const label = LABELS[category];
  const plain = `${VERBS[category] ?? ''}${subject}`;
  return {
    ...words,
    title: plain.charAt(0).toUpperCase() + plain.slice(1),
    labels: label ? [label] : [],
  };
}
