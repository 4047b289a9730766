import nodemailer, { type Transporter } from 'nodemailer';
import { env, publicUrl } from './env';
import { logger } from './logger';
import { onShutdown } from './shutdown';

export type Mail = { to: string; subject: string; text: string };

let transport: Transporter | undefined;

/** Whether Gait can send mail at all. */
export function canSendMail(): boolean {
  return env().SMTP_URL !== undefined;
}

function open(url: string): Transporter {
  const made = nodemailer.createTransport(url, {
    from: env().MAIL_FROM ?? `Gait <gait@${new URL(publicUrl()).hostname}>`,
  });
  onShutdown('mail', async () => made.close());
  return made;
}

/** Sends one mail, as plain text: what is in it can be read anywhere, and nothing is loaded from it. */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL } = env();
  if (SMTP_URL === undefined) throw new Error('SMTP_URL is not set.');
  transport ??= open(SMTP_URL);
  await transport.sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
}

/** Sends a mail without anybody waiting for it; what fails is in the log. */
export function sendMailLater(mail: Mail): void {
  void sendMail(mail).catch((error: unknown) => logger().error({ err: error }, 'A mail could not be sent.'));
}
