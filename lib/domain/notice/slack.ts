import { cut } from '../cut';
import type { AddressOf } from '../report/plain-text';
import type { Cell, ReportDocument } from '../report/section';
import { fitted, type Room } from '../report/shortened';
import { briefOf, CHAT_ROOMS, type Line, type Passage, passagesIn } from './brief';
import { RECEIVER_LIMITS } from './receiver-limits';

/** What a chat is told beside the document: where links lead, and the address and label of the one at the end. */
export type ChatFrame = { addressOf: AddressOf; url: string; button: string; isReport: boolean };

/** What a notification shows. Escaped, each character may take five. */
const NOTIFICATION = RECEIVER_LIMITS.slackFallback.ours / 5;

const FINE = 500;

/** `texts` of each block: how many characters of text it holds. */
type Block = { json: object; texts: number };

/**
 * A message for a Slack incoming webhook, with as much as Slack takes. Texts are rich text, in which nothing is a mark: no name can
 * mention a channel or become a link. The plain text beside it is what notifications show; there, marks are escaped.
 * Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function slackOf(document: ReportDocument, frame: ChatFrame): object {
  const brief = briefOf(document, frame.isReport);
  const blocks = fitted(CHAT_ROOMS, (room) => blocksIn(room, brief, frame), doesSlackTake);
  return { text: escaped(cut(document.answer, NOTIFICATION)), blocks: blocks.map(({ json }) => json) };
}

function doesSlackTake(blocks: readonly Block[]): boolean {
  const { slackBlocks, slackBlockText, slackMessage } = RECEIVER_LIMITS;
  return (
    blocks.length <= slackBlocks.ours &&
    blocks.every(({ texts }) => texts <= slackBlockText.ours) &&
    JSON.stringify(blocks.map(({ json }) => json)).length <= slackMessage.ours
  );
}

function blocksIn(room: Room, document: ReportDocument, frame: ChatFrame): Block[] {
  const { title, lead, answer, fine } = document;
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const head = cut(title, RECEIVER_LIMITS.slackHeader.ours);
  const small = cut([lead, ...fine].join(' '), FINE);
  return [
    { json: { type: 'header', text: plain(head) }, texts: head.length },
    richText([[{ text: cut(answer, Math.max(room.characters, NOTIFICATION)) }]], [], frame),
    ...passagesIn(room, document).map((passage) => passageBlock(passage, frame)),
    {
      json: {
        type: 'actions',
        elements: [{ type: 'button', text: plain(frame.button), url: frame.url }],
      },
      texts: frame.button.length,
    },
    { json: { type: 'context', elements: [plain(small)] }, texts: small.length },
  ];
}

function passageBlock({ title, lines, more }: Passage, frame: ChatFrame): Block {
  const rest = more > 0 ? [{ type: 'link', url: frame.url, text: `and ${more} more` }] : null;
  return richText([[{ text: title }]], lines, frame, rest);
}

/** A block of rich text: what stands above, bold, and lines below, the last of which may lead to the page. */
function richText(
  above: readonly Line[],
  lines: readonly Line[],
  frame: ChatFrame,
  rest: Piece[] | null = null,
): Block {
  const section = (elements: Piece[]) => ({ type: 'rich_text_section', elements });
  const heads = above.map((line) => line.map((cell) => piece(cell, frame, { bold: true })));
  const items = [...lines.map((line) => line.map((cell) => piece(cell, frame))), ...(rest ? [rest] : [])];
  const list = { type: 'rich_text_list', style: 'bullet', elements: items.map(section) };
  const elements = [...heads.map(section), ...(items.length > 0 ? [list] : [])];
  const texts = [...heads, ...items].flat().reduce((sum, { text }) => sum + text.length, 0);
  return { json: { type: 'rich_text', elements }, texts };
}

type Style = { bold: true };
type Piece = { type: string; text: string; url?: string; style?: Style };

function piece({ text, link }: Cell, { addressOf }: ChatFrame, style?: Style): Piece {
  // Slack refuses an empty text.
  const words = text === '' ? '–' : text;
  return link
    ? { type: 'link', url: addressOf(link), text: words }
    : { type: 'text', text: words, ...(style && { style }) };
}

/** Source: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
