import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/** The checkout: the folder above this code that holds the migrations. Not the working directory, which belongs to the person. */
export function projectRoot(): string {
  if (found !== undefined) return found;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'prisma', 'migrations'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('The folder prisma/migrations is missing from this installation.');
    folder = above;
  }
  found = folder;
  return folder;
}
