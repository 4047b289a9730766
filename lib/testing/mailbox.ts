import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

export type Mailbox = {
  url: string;
  /** All mails that came, as decoded text. */
  mails: readonly { to: string; text: string }[];
  /** What recipients are answered from now on: null takes the mail. */
  answer(answer: (to: string) => { code: number; message: string } | null): void;
  /** What it waits for before it answers a mail, from now on. */
  slow(wait: (to: string) => Promise<void>): void;
  forget(): void;
  /** Waits until so many came. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
};

/** A real SMTP server on this machine that keeps what it is sent. */
export async function aMailbox(): Promise<Mailbox> {
  const mails: { to: string; text: string }[] = [];
  let answerTo: Parameters<Mailbox['answer']>[0] = () => null;
  let wait: (to: string) => Promise<void> = async () => {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const answer = answerTo(address);
      done(answer && Object.assign(new Error(answer.message), { responseCode: answer.code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
        mails.push({ to, text: decoded(Buffer.concat(chunks).toString('utf8')) });
        void wait(to).then(() => done());
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answer: (answer) => {
      answerTo = answer;
    },
    slow: (next) => {
      wait = next;
    },
    forget: () => {
      mails.length = 0;
      answerTo = () => null;
      wait = async () => {};
    },
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
  const bytes = mail
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
