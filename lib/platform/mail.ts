import type { Transporter } from 'nodemailer';
import { env, publicUrl } from './env';
import { logger } from './logger';
import { onShutdown } from './shutdown';

/** A file that goes along. `contentId`: the HTML shows it in its place, as `cid:` and this. */
export type MailFile = { name: string; type: string; content: Buffer; contentId?: string };

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Names the mail: one that is sent again, because nobody knows whether it went, is known by it as the same. */
  messageId?: string;
  /** Where one click ends mails like it (RFC 8058). */
  unsubscribeUrl?: string;
  /** Made when the mail is handed in, not before. */
  files?: () => Promise<readonly MailFile[]>;
};

/**
 * How long a mail server may keep silent before it is given up, in ms; SMTP_URL may say otherwise (`?socketTimeout=`). The library waits
 * for up to ten minutes, in which whoever sends a report would lose the lease on it.
 */
const PATIENCE = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 };

let transport: Promise<Transporter> | undefined;

/** Whether Gait can send mail at all. */
export function canSendMail(): boolean {
  return env().SMTP_URL !== undefined;
}

/** The library is loaded with the first mail: many servers never send one. */
async function open(url: string): Promise<Transporter> {
  const { default: nodemailer } = await import('nodemailer');
  const made = nodemailer.createTransport(
    { url, ...PATIENCE },
    { from: env().MAIL_FROM ?? `Gait <gait@${new URL(publicUrl()).hostname}>` },
  );
  onShutdown('mail', async () => made.close());
  return made;
}

/** The name of a mail: the same for the same key, and unlike that of any other sender. */
export function messageIdOf(key: string): string {
  return `<${key}@${new URL(publicUrl()).hostname}>`;
}

/** Sends one mail, with a text that can be read anywhere; nothing is loaded into it from a file or an address. */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL } = env();
  if (SMTP_URL === undefined) throw new Error('SMTP_URL is not set.');
  transport ??= open(SMTP_URL);
  const mailer = await transport;
  const { unsubscribeUrl, files, ...rest } = mail;
  const attachments = ((await files?.()) ?? []).map(({ name, type, content, contentId }) => ({
    filename: name,
    contentType: type,
    content,
    ...(contentId && { cid: contentId, contentDisposition: 'inline' as const }),
  }));
  await mailer.sendMail({
    ...rest,
    attachments,
    ...(unsubscribeUrl && { headers: unsubscribeHeaders(unsubscribeUrl) }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function unsubscribeHeaders(url: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/** Sends a mail without anybody waiting for it; what fails is in the log. */
export function sendMailLater(mail: Mail): void {
  void sendMail(mail).catch((error: unknown) => logger().error({ err: error }, 'A mail could not be sent.'));
}
