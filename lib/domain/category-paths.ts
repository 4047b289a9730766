import { fitsAny, namesIn } from './path-pattern';

/** What can be told about a change from the paths it touches. */

const LOCK_FILES: ReadonlySet<string> = new Set([
  'bun.lock',
  'bun.lockb',
  'cargo.lock',
  'composer.lock',
  'deno.lock',
  'flake.lock',
  'gemfile.lock',
  'go.sum',
  'gradle.lockfile',
  'mix.lock',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'package.resolved',
  'packages.lock.json',
  'pdm.lock',
  'pipfile.lock',
  'pnpm-lock.yaml',
  'podfile.lock',
  'poetry.lock',
  'pubspec.lock',
  'uv.lock',
  'yarn.lock',
]);

const MIGRATION_PATTERNS = [
  '**/migrations/**',
  '**/migrate/**',
  '**/alembic/versions/**',
  '**/v*__*.sql',
].map(namesIn);

const DOC_PATTERNS = ['docs/**', 'doc/**', '**/*.md', '**/*.mdx', '**/*.rst', '**/*.adoc'].map(namesIn);

const TEST_PATTERNS = [
  '**/test/**',
  '**/tests/**',
  '**/__tests__/**',
  '**/spec/**',
  '**/e2e/**',
  '**/*.test.*',
  '**/*.spec.*',
  '**/*_test.*',
  '**/*_spec.rb',
  '**/test_*.py',
  '**/*Test.java',
  '**/*Tests.cs',
].map(namesIn);

const CI_PATTERNS = [
  '.github/workflows/**',
  '.github/actions/**',
  '.gitlab-ci.yml',
  '.gitlab/ci/**',
  '.circleci/**',
  '.buildkite/**',
  'azure-pipelines.yml',
  '**/jenkinsfile',
  '.travis.yml',
].map(namesIn);

/** Kinds of path that, when a change touches nothing else, say what kind of work it is. */
export type PathKind = 'lock files' | 'docs' | 'tests' | 'CI files';

/** Whether a path is documentation. */
export function isDocPath(path: string): boolean {
  return fitsAny(namesIn(path), DOC_PATTERNS);
}

/** Whether a path belongs to schema or data migrations. Texts about migrations do not. */
export function isMigrationPath(path: string): boolean {
  return fitsAny(namesIn(path), MIGRATION_PATTERNS) && !isDocPath(path);
}

/** The one kind that all paths are of, or null when they are mixed, of another kind, or none. */
export function kindOfAllPaths(paths: readonly string[]): PathKind | null {
  if (paths.length === 0) return null;
  const isLock = (path: string) => LOCK_FILES.has((path.split('/').at(-1) ?? '').toLowerCase());
  if (paths.every(isLock)) return 'lock files';
  if (paths.every(isDocPath)) return 'docs';
  if (paths.every((path) => fitsAny(namesIn(path), TEST_PATTERNS))) return 'tests';
  if (paths.every((path) => fitsAny(namesIn(path), CI_PATTERNS))) return 'CI files';
  return null;
}
