import { RECEIVER_LIMITS } from '../notice/receiver-limits';
import { htmlMailOf, type MailFrame } from './html-mail';
import type { ReportDocument } from './section';
import { bytesOf, fitted, type Room, shortened } from './shortened';

/** Twenty rows are read in a mail; more are searched through in Gait. */
const MAIL_ROOMS: readonly Room[] = [
  { lines: 20, characters: 2_000 },
  { lines: 20, characters: 600 },
  { lines: 20, characters: 250 },
  { lines: 12, characters: 250 },
  { lines: 8, characters: 200 },
  { lines: 5, characters: 150 },
  { lines: 3, characters: 100 },
  { lines: 1, characters: 60 },
];

/** A mail's two forms of the same document. */
export type MailForms = { document: ReportDocument; html: string };

/** As much of a document as mail clients show whole. @param documentWith the document with so many rows in its tables */
export function fittedMailOf(documentWith: (rows: number) => ReportDocument, frame: MailFrame): MailForms {
  const formIn = (room: Room): MailForms => {
    const document = shortened(documentWith(room.lines), room);
    return { document, html: htmlMailOf(document, frame) };
  };
  return fitted(MAIL_ROOMS, formIn, ({ html }) => bytesOf(html) <= RECEIVER_LIMITS.mailHtml.ours);
}

/** One line, short enough for the header of a mail. */
export function subjectOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const { ours } = RECEIVER_LIMITS.mailSubject;
  if (bytesOf(line) <= ours) return line;
  const kept = [...line];
  while (bytesOf(kept.join('')) > ours - bytesOf('…')) kept.pop();
  return `${kept.join('').trimEnd()}…`;
}
