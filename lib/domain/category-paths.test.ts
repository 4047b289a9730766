import { describe, expect, it } from 'vitest';
import { isMigrationPath, kindOfAllPaths } from './category-paths';

describe('kindOfAllPaths', () => {
  it.each([
    [['package-lock.json', 'apps/web/yarn.lock'], 'lock files'],
    [['package.json', 'package-lock.json'], null],
    [['README.md', 'docs/img/a.png'], 'docs'],
    [['src/a.test.ts', 'tests/fixtures/b.json'], 'tests'],
    [['pkg/a_test.go'], 'tests'],
    [['.github/workflows/ci.yml'], 'CI files'],
    [['README.md', 'src/a.test.ts'], null],
    [['src/latest.ts'], null],
    [[], null],
  ])('%j is %s', (paths, kind) => {
    expect(kindOfAllPaths(paths)).toBe(kind);
  });
});

it('knows migrations, and texts about them', () => {
  expect(isMigrationPath('prisma/migrations/1/migration.sql')).toBe(true);
  expect(isMigrationPath('db/migrate/20260101_a.rb')).toBe(true);
  expect(isMigrationPath('sql/V2__add.sql')).toBe(true);
  expect(isMigrationPath('docs/migrations/v2.md')).toBe(false);
});
