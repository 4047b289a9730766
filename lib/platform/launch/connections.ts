import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Connections that may be open at once. */
export type MostConnections = {
  all: number;
  /** From one address; Infinity where that is a proxy's. */
  ofOne: number;
};

/**
 * Bounds the open connections. Beyond that, a new one takes the place of the one on which nothing has been asked for longest, so that
 * whoever opens many and asks nothing keeps nobody out.
 */
export function limitConnections(server: Server, most: MostConnections): void {
  const open = new Set<Socket>();
  const ofAddress = new Map<string, Set<Socket>>();
  const busy = new Set<Socket>();

  const makeRoom = (among: ReadonlySet<Socket>): boolean => {
    for (const socket of among) {
      if (busy.has(socket)) continue;
      socket.destroy();
      return true;
    }
    return false;
  };

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const here = ofAddress.get(address) ?? new Set();
    const isFull = here.size >= most.ofOne;
    if ((isFull || open.size >= most.all) && !makeRoom(isFull ? here : open)) {
      socket.destroy();
      return;
    }
    open.add(socket);
    ofAddress.set(address, here.add(socket));
    socket.once('close', () => {
      open.delete(socket);
      busy.delete(socket);
      here.delete(socket);
      if (here.size === 0) ofAddress.delete(address);
    });
  });

  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.add(socket);
    response.once('close', () => {
      busy.delete(socket);
      // Asked last, so it goes last.
      for (const set of [open, ofAddress.get(socket.remoteAddress ?? '')])
        if (set?.delete(socket)) set.add(socket);
    });
  });
}
