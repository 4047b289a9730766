import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../root';
import { contractionsIn } from '../testing/contractions';
import { readLastRelease } from '../testing/last-release';
import { readMigrations } from './history';

describe('migrations after the last release', () => {
  const { lastMigration, kept } = readLastRelease();
  const migrations = readMigrations(join(projectRoot(), 'prisma', 'migrations'));

  it('only expand, so that it goes on serving while they run', () => {
    expect(migrations.map(({ name }) => name)).toContain(lastMigration);
    const newer = migrations.filter(({ name }) => name > lastMigration);
    const isKept = (migration: string, table: string) =>
      kept.some((one) => one.migration === migration && one.statements === table);
    expect(contractionsIn(newer).filter(({ migration, table }) => !isKept(migration, table))).toEqual([]);
  });
});

const found = (script: string) => contractionsIn([{ name: 'm', script }]);

it.each([
  'DROP TABLE task',
  'DROP INDEX task_by_team',
  'ALTER TABLE "task" DROP COLUMN "title"',
  'ALTER TABLE task DROP title',
  'ALTER TABLE task ALTER COLUMN title DROP DEFAULT',
  'ALTER TABLE task DROP CONSTRAINT task_pkey, ADD COLUMN x INT NOT NULL DEFAULT 0',
  'ALTER TABLE task RENAME TO job',
  'ALTER TABLE task RENAME COLUMN title TO name',
  'ALTER TABLE task ALTER COLUMN url SET NOT NULL',
  'ALTER TABLE task ALTER COLUMN title TYPE varchar(9)',
  'ALTER TABLE task ALTER title SET DATA TYPE varchar(9)',
  'ALTER TABLE task ADD COLUMN x INTEGER NOT NULL',
  'ALTER TABLE task ADD COLUMN x INTEGER DEFAULT 0, ADD COLUMN y numeric(3, 2) NOT NULL',
  'ALTER TABLE task ADD CONSTRAINT positive CHECK (additions > 0)',
  'ALTER TABLE task ADD FOREIGN KEY (org_id) REFERENCES organisation (org_id)',
  'CREATE UNIQUE INDEX one_title ON task (title)',
  'CREATE TRIGGER refused BEFORE INSERT ON task EXECUTE FUNCTION refuse_change()',
  'REVOKE INSERT ON task FROM gait_app',
  'TRUNCATE task',
  'DELETE FROM task',
  `DO $$ BEGIN EXECUTE 'DROP TABLE task'; END $$`,
])('finds that it takes something away: %s', (script) => {
  expect(found(`-- A comment\n${script};`)).toHaveLength(1);
});

it.each([
  'CREATE TABLE job (id INT NOT NULL); ALTER TABLE job ADD CONSTRAINT few CHECK (id < 9); CREATE UNIQUE INDEX once ON job (id)',
  'ALTER TABLE task ADD COLUMN x INTEGER',
  'ALTER TABLE task ADD COLUMN x INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE task ALTER COLUMN title DROP NOT NULL',
  'CREATE INDEX task_by_title ON task (title)',
  'GRANT INSERT ON task TO gait_app',
  '-- DROP TABLE task\nUPDATE task SET title = title',
  'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM task; DROP TABLE task $$',
])('lets expand: %s', (script) => {
  expect(found(script)).toEqual([]);
});
