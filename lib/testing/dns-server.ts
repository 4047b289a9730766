import { createSocket } from 'node:dgram';

export type DnsServer = {
  /** As the setting DNS_SERVER takes it. */
  address: string;
  /** What the TXT record of a name says; null: there is none. */
  say(name: string, text: string | null): void;
  /** From here on nobody answers. */
  close(): Promise<void>;
};

const TXT = 16;
const NXDOMAIN = 3;

/** A resolver on this machine that knows TXT records and nothing else. Questions and answers as RFC 1035 has them. */
export async function aDnsServer(): Promise<DnsServer> {
  const records = new Map<string, string>();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, type, end } = questionOf(query);
    const text = type === TXT ? records.get(name.toLowerCase()) : undefined;
    const header = Buffer.from(query.subarray(0, 12));
    // A response, recursion available; NXDOMAIN where nothing is known.
    header.writeUInt16BE(0x8180 | (text === undefined ? NXDOMAIN : 0), 2);
    header.writeUInt16BE(text === undefined ? 0 : 1, 6);
    header.writeUInt32BE(0, 8);
    const question = query.subarray(12, end);
    socket.send(
      Buffer.concat([header, question, ...(text === undefined ? [] : [answerOf(text)])]),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    say: (name, text) => {
      if (text === null) records.delete(name);
      else records.set(name, text);
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** One TXT record of the name that was asked for (a pointer to it), for no time at all. */
function answerOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(bytes.length + 1, 10);
  return Buffer.concat([head, Buffer.from([bytes.length]), bytes]);
}
