import { isDocPath, isMigrationPath, kindOfAllPaths } from './category-paths';
import { categoryOfLabel, categoryOfType, isDependencyTitle, readTitle } from './category-words';
import type { Gear } from './gear';
import { findFitting } from './path-pattern';

/** What a mistake costs in this kind of work. */
export type Risk = 'low' | 'medium' | 'high';

/** A kind of work. `ceiling` is the gear that no lane of it passes; `position` its place in lists, from 0. */
export type Category = {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly risk: Risk;
  readonly ceiling: Gear;
  readonly position: number;
};

/** Where a task stands that no rule could sort. Never promoted. */
export const UNCLASSIFIED = 'unclassified';

type Row = readonly [key: string, name: string, risk: Risk, ceiling: Gear, description: string];

/** Risk of unclassified work is not known, so the strictest bar stands; its ceiling is crawl anyway. */
const ROWS: readonly Row[] = [
  ['tests', 'Tests', 'low', 'run', 'Adding tests to code that lacks them'],
  ['bugfix', 'Bug fixes', 'low', 'run', 'Small, well-defined bugs'],
  ['refactor', 'Refactors', 'low', 'run', 'Low-risk refactors that tests guard'],
  ['dependencies', 'Dependencies', 'low', 'run', 'Dependency updates'],
  ['docs', 'Docs', 'low', 'run', 'Keeping documentation in step'],
  ['chore', 'Chores', 'medium', 'run', 'Build, CI and housekeeping'],
  ['performance', 'Performance', 'medium', 'run', 'Measured speed-ups'],
  ['feature', 'Features', 'medium', 'run', 'A well-scoped feature with a brief'],
  ['migration', 'Migrations', 'high', 'walk', 'Schema or data migrations'],
  ['security', 'Security', 'high', 'walk', 'Security fixes, auth, secrets'],
  [UNCLASSIFIED, 'Unclassified', 'high', 'crawl', 'Not yet sorted'],
];

/** The categories an organisation starts with; it may edit them. The first five are where to start. */
export const DEFAULT_CATEGORIES: readonly Category[] = ROWS.map(
  ([key, name, risk, ceiling, description], position) => ({
    key,
    name,
    description,
    risk,
    ceiling,
    position,
  }),
);

/** Paths whose change is security work, and which policy protects: see `Policy.protectedPaths`. */
export const DEFAULT_PROTECTED_PATHS: readonly string[] = [
  '**/auth/**',
  '**/authentication/**',
  '**/authorization/**',
  '**/security/**',
  '**/secrets/**',
  '**/.env',
  '**/.env.*',
  '**/*.pem',
  '**/*.key',
  '**/CODEOWNERS',
];

/** What the classifier looks at. A FoldedTask has all of it. */
export type CategoryFacts = {
  readonly title: string | null;
  readonly labels: readonly string[];
  readonly paths: readonly string[];
  /** What the source said: a category's key, or a conventional-commit type. */
  readonly givenCategory: string | null;
  /** The latest decision of a human, which stands above everything. */
  readonly override: { readonly category: string; readonly by: string; readonly reason: string } | null;
};

/** Where a task belongs, and why, in one sentence. */
export type Classification = { readonly category: string; readonly reason: string };

type Candidate = Classification | null | undefined | false;

const PATH_RULES = {
  'lock files': 'dependencies',
  docs: 'docs',
  tests: 'tests',
  'CI files': 'chore',
} as const;

function* candidates(facts: CategoryFacts, protectedPaths: readonly string[]): Generator<Candidate> {
  const { override, givenCategory, labels, paths } = facts;
  const title = facts.title ?? '';
  yield override && {
    category: override.category,
    reason: `${override.by} sorted it by hand: ${override.reason}`,
  };
  const given = givenCategory?.trim() ?? '';
  const ofGiven = categoryOfType(given);
  const reasonOfGiven = `It was recorded as "${given}".`;
  yield given.toLowerCase() !== UNCLASSIFIED && { category: given, reason: reasonOfGiven };
  yield !!ofGiven && { category: ofGiven, reason: reasonOfGiven };
  const ofLabel = labels.map((label) => ({ label, category: categoryOfLabel(label) }));
  const securityLabel = ofLabel.find(({ category }) => category === 'security');
  yield securityLabel && { category: 'security', reason: `It bears the label "${securityLabel.label}".` };
  const sensitive = findFitting(
    paths.filter((path) => !isDocPath(path)),
    protectedPaths,
  );
  yield sensitive !== undefined && {
    category: 'security',
    reason: `It touches the protected path ${sensitive}.`,
  };
  const migration = paths.find(isMigrationPath);
  yield migration !== undefined && {
    category: 'migration',
    reason: `It touches the migration ${migration}.`,
  };
  const kind = kindOfAllPaths(paths);
  yield kind === 'lock files' && { category: 'dependencies', reason: 'It touches nothing but lock files.' };
  yield isDependencyTitle(title) && {
    category: 'dependencies',
    reason: 'Its title is that of a dependency update.',
  };
  const type = readTitle(title)?.type;
  const ofType = type && categoryOfType(type);
  yield !!ofType && { category: ofType, reason: `Its title begins with "${type}".` };
  for (const { label, category } of ofLabel) {
    yield !!category && { category, reason: `It bears the label "${label}".` };
  }
  yield kind && { category: PATH_RULES[kind], reason: `It touches nothing but ${kind}.` };
}

/**
 * Sorts a task into one of the organisation's categories; the first rule that names a known one decides.
 * Order: a human's override, the source, sensitive labels and paths, dependencies, title, labels, paths alone.
 */
export function classify(
  facts: CategoryFacts,
  knownCategories: readonly { readonly key: string }[],
  protectedPaths: readonly string[] = DEFAULT_PROTECTED_PATHS,
): Classification {
  const known = new Map(knownCategories.map(({ key }) => [key.toLowerCase(), key]));
  for (const candidate of candidates(facts, protectedPaths)) {
    const category = candidate && known.get(candidate.category.toLowerCase());
    if (candidate && category) return { category, reason: candidate.reason };
  }
  return {
    category: UNCLASSIFIED,
    reason: 'Neither its title, its labels nor its paths say what kind of work it is.',
  };
}
