import { rmSync } from 'node:fs';
import { bundle } from './build.mjs';
import { inRoot } from './run-program.mjs';

/** node scripts/new-migration.mjs NAME: writes what is missing between the migrations and prisma/schema. */
await bundle({ 'new-migration': 'lib/platform/migrate/new-migration.ts' }, 'dist/new-migration');
try {
  const { writeMigration } = await import(inRoot('dist/new-migration/new-migration.mjs'));
  const file = await writeMigration(process.argv[2]);
  process.stdout.write(
    file === null
      ? 'Nothing to migrate: the migrations make what prisma/schema says.\n'
      : `Wrote ${file}: read it before it is committed.\n`,
  );
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.name === 'AppError' ? 2 : 3;
} finally {
  rmSync(inRoot('dist/new-migration'), { recursive: true, force: true });
}
