import nodemailer from 'nodemailer';
import { afterEach, expect, it, vi } from 'vitest';
import { adoptEnv } from './env';

/** How long whoever sends a report has it for themselves (`lib/reports/mutations/send.ts`). */
const LEASE_MS = 600_000;

/** Nobody listens there. */
const NOWHERE = 'smtp://127.0.0.1:9';

type Patience = { connectionTimeout: number; greetingTimeout: number; socketTimeout: number };

/** How long the library was told to wait. */
async function patienceAt(url: string): Promise<Patience> {
  vi.resetModules();
  const { sendMail } = await import('./mail');
  const made = vi.spyOn(nodemailer, 'createTransport');
  adoptEnv({ SMTP_URL: url, GAIT_URL: 'https://gait.acme.example' });
  const mail = { to: 'olga@acme.example', subject: 'Hello', text: 'Hello' };
  await expect(sendMail(mail)).rejects.toThrow('ECONNREFUSED');
  const [result] = made.mock.results;
  if (result?.type !== 'return') throw new Error('There is no transport.');
  return (result.value as unknown as { transporter: { options: Patience } }).transporter.options;
}

afterEach(() => vi.restoreAllMocks());

it('a mail server that keeps silent is given up long before somebody else may send the mail', async () => {
  const { connectionTimeout, greetingTimeout, socketTimeout } = await patienceAt(NOWHERE);
  expect(Math.max(connectionTimeout, greetingTimeout, socketTimeout)).toBeLessThanOrEqual(LEASE_MS / 10);
});

it('the address of the mail server may say how long it is waited for', async () => {
  const patience = await patienceAt(`${NOWHERE}?socketTimeout=300000`);
  expect(patience).toMatchObject({ socketTimeout: 300_000, greetingTimeout: 20_000 });
});
