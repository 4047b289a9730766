import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder for a test. Open for passing through: under root, PostgreSQL runs as another user. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'gait-test-'));
  chmodSync(home, 0o711);
  return home;
}
