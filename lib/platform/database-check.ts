import { Client } from 'pg';
import { cannotStart, messageOf, systemCode } from '@/lib/platform/errors';
import { waitFor } from '@/lib/platform/processes';
import { floorAbove } from '@/lib/platform/version-floors';

const leastVersion = 15;

/** Told apart from a wrong address or password: these pass while a server or a network is still coming up. */
const passing = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P03',
  '53300',
]);

function whereOf(databaseUrl: string): string {
  const { hostname, port, pathname, username, searchParams } = new URL(databaseUrl);
  const host = hostname || searchParams.get('host') || 'localhost';
  return `"${pathname.slice(1) || username}" at ${host}:${port || searchParams.get('port') || '5432'}`;
}

/** The driver's words, which have no code, when the server asks for what it was not given. */
const asksForPassword = (error: unknown): boolean => messageOf(error).includes('client password must be');

function explain(databaseUrl: string, error: unknown): string {
  const where = whereOf(databaseUrl);
  if (asksForPassword(error))
    return `The database ${where} asks for a password, and DATABASE_URL has none. Write it as postgresql://user:password@host:5432/gait.`;
  switch (systemCode(error)) {
    case '28P01':
    case '28000':
      return `The database ${where} does not accept the user or password in DATABASE_URL.`;
    case '53300':
      return `The database ${where} has no connection to spare. End some, or raise its max_connections.`;
    case '3D000':
      return `There is no database ${where}. Create it, or correct DATABASE_URL.`;
    default:
      return `The database ${where} does not answer (${systemCode(error) ?? messageOf(error)}). Check DATABASE_URL, and that PostgreSQL runs and can be reached from here.`;
  }
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  // A server that goes away later is noticed by the query, not by crashing the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** A connection to a database that is there and new enough, waiting a while for one that is just starting. */
export async function connectPatiently(databaseUrl: string, patienceMilliseconds = 10_000): Promise<Client> {
  let last: unknown;
  const client = await waitFor(
    () =>
      connect(databaseUrl).catch((error: unknown) => {
        last = error;
        const word = systemCode(error);
        const isPassing = word === undefined ? !asksForPassword(error) : passing.has(word);
        if (!isPassing) throw cannotStart(explain(databaseUrl, error), error);
        return undefined;
      }),
    patienceMilliseconds,
    200,
  );
  if (client === undefined) throw cannotStart(explain(databaseUrl, last), last);
  const found = await versionOf(client);
  if (found !== undefined && Number(found.number) >= leastVersion * 10_000) return client;
  await client.end();
  throw cannotStart(
    `Gait needs PostgreSQL ${leastVersion} or newer, and the database ${whereOf(databaseUrl)} is ${found?.version}.`,
  );
}

async function versionOf(client: Client): Promise<{ version: string; number: string } | undefined> {
  const { rows } = await client.query<{ version: string; number: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number`,
  );
  return rows[0];
}

/** What to say at a start of a server that has known faults; null where none is known of. `isOwn`: Gait brought it. */
export async function warnOfFaults(databaseUrl: string, isOwn: boolean): Promise<string | null> {
  const client = await connectPatiently(databaseUrl);
  const found = await versionOf(client).finally(() => client.end());
  const floor = found && floorAbove('PostgreSQL', found.version);
  if (!floor) return null;
  const [number] = found.version.split(' ');
  return isOwn
    ? `Warning: the PostgreSQL ${number} that comes with Gait has known faults, which ${floor.floor} mends and npm does not have yet. It answers this machine alone, with a password that only Gait has. For lasting use, run a PostgreSQL of your own and set DATABASE_URL.`
    : `Warning: the database is PostgreSQL ${number}, which has known faults. Bring it to ${floor.floor} or newer.`;
}
