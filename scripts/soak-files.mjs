import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from './run-program.mjs';

function filesOf(folder, isOne, text) {
  return readdirSync(inRoot(folder), { recursive: true })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => isOne(file) && file.includes(text))
    .sort();
}

const isTagged = (file) => file.endsWith('.spec.ts') && readFileSync(inRoot(file), 'utf8').includes('@soak');

/** The files of the heavy simulations whose path holds `text`; all of them when it is empty. Never any other test. */
export function soakFiles(text) {
  return {
    database: filesOf('lib', (file) => file.endsWith('.soak.db.test.ts'), text),
    servers: filesOf('e2e', isTagged, text),
  };
}
