import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SchemaFile, withEngine } from '@/lib/platform/migrate/engine';
import { projectRoot } from '@/lib/platform/root';

function readSchema(): SchemaFile[] {
  const folder = join(projectRoot(), 'prisma', 'schema');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') }));
}

/** The SQL that would turn the database into what prisma/schema says; empty when it is that. Policies, roles and triggers do not count. */
export async function schemaDrift(databaseUrl: string): Promise<string> {
  const files = readSchema();
  const script = await withEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: projectRoot() },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  });
  return script.trim() === '-- This is an empty migration.' ? '' : script.trim();
}
