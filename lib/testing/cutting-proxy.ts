import { connect, createServer, type Socket } from 'node:net';
import { createRandom } from '@/lib/sample/random';

export type CuttingProxy = {
  /** Address of the database, through the proxy. */
  url: string;
  /** How many connections it has cut so far. */
  cuts(): number;
  /** From now on it hands on everything. */
  relent(): void;
  close(): Promise<void>;
};

/**
 * Stands between Gait and its PostgreSQL, and cuts connections at random moments: after some bytes of either side, so in the
 * middle of a question or an answer, too. @param meanBytes what a connection carries on average until it is cut
 */
export async function aCuttingProxy(
  databaseUrl: string,
  { seed, meanBytes }: { seed: string; meanBytes: number },
): Promise<CuttingProxy> {
  const { port, hostname } = new URL(databaseUrl);
  const random = createRandom(seed);
  const open = new Set<Socket>();
  let cuts = 0;
  let isCutting = true;

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let left = random.int(0, 2 * meanBytes);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    const hand = (from: Socket, to: Socket) =>
      from.on('data', (bytes) => {
        if (isCutting && left < bytes.length) {
          cuts += 1;
          // What was said before the cut arrives.
          to.write(bytes.subarray(0, left), end);
          return;
        }
        left -= bytes.length;
        to.write(bytes);
      });
    hand(client, upstream);
    hand(upstream, client);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  return {
    url: url.href,
    cuts: () => cuts,
    relent: () => {
      isCutting = false;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
