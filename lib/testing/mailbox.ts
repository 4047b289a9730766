import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

export type Mailbox = {
  url: string;
  /** All mails that came, as decoded text. */
  mails: readonly { to: string; text: string }[];
  /** Waits until so many came. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
};

/** A real SMTP server on this machine that keeps what it is sent. */
export async function aMailbox(): Promise<Mailbox> {
  const mails: { to: string; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
        mails.push({ to, text: decoded(Buffer.concat(chunks).toString('utf8')) });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    until: async (count) => {
      for (const end = Date.now() + 10_000; mails.length < count; await sleep(10))
        if (Date.now() > end) throw new Error(`Only ${mails.length} of ${count} mails came.`);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Undoes quoted-printable, in which mails with long lines travel. */
function decoded(mail: string): string {
  if (!/quoted-printable/i.test(mail)) return mail;
  return mail
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
