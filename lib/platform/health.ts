import { inWorkList } from './db';

/** Throws when the database does not answer. */
export async function askDatabase(): Promise<void> {
  await inWorkList((tx) => tx.$queryRaw`SELECT 1`);
}
