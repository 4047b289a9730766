import type { AddressOf } from '../report/plain-text';
import type { Cell, ReportDocument } from '../report/section';
import { type Line, passagesOf } from './brief';
import { cut } from './cut';

/** What a chat is told beside the document: where links lead, and the address and label of the one at the end. */
export type ChatFrame = { addressOf: AddressOf; url: string; button: string; isReport: boolean };

/** Slack refuses a header that is longer. */
const HEADER = 150;

/**
 * A message for a Slack incoming webhook. Texts are rich text, in which nothing is a mark: no name can mention a channel or become a
 * link. The plain text beside it is what notifications show; there, marks are escaped.
 * Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function slackOf(document: ReportDocument, frame: ChatFrame): object {
  const { title, lead, answer, fine } = document;
  return {
    text: escaped(answer),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, HEADER), emoji: false } },
      richText([said([{ text: answer }], frame, { bold: true })]),
      ...passagesOf(document, frame.isReport).map((passage) =>
        richText([said([{ text: passage.title }], frame, { bold: true }), bullets(passage.lines, frame)]),
      ),
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: frame.button, emoji: false }, url: frame.url },
        ],
      },
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: [lead, ...fine].join(' '), emoji: false }],
      },
    ],
  };
}

type Style = { bold: true };

const richText = (elements: object[]) => ({ type: 'rich_text', elements });

function said(line: Line, { addressOf }: ChatFrame, style?: Style): object {
  return {
    type: 'rich_text_section',
    elements: line.map((cell) => piece(cell, addressOf, style)),
  };
}

function piece({ text, link }: Cell, addressOf: AddressOf, style?: Style): object {
  // Slack refuses an empty text.
  const words = text === '' ? '–' : text;
  return link
    ? { type: 'link', url: addressOf(link), text: words }
    : { type: 'text', text: words, ...(style && { style }) };
}

function bullets(lines: readonly Line[], frame: ChatFrame): object {
  return { type: 'rich_text_list', style: 'bullet', elements: lines.map((line) => said(line, frame)) };
}

/** Source: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
