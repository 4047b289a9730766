import type { Cell, ReportDocument } from '../report/section';
import { bytesOf, fitted, type Room, shortened } from '../report/shortened';
import { briefOf, CHAT_ROOMS, type Line, type Passage, passagesIn } from './brief';
import { RECEIVER_LIMITS } from './receiver-limits';
import type { ChatFrame } from './slack';

/**
 * A message for a Microsoft Teams workflow that posts to a channel: an adaptive card, with as much as Teams takes. Texts are text runs,
 * in which nothing is Markdown. Source: https://learn.microsoft.com/connectors/teams, https://adaptivecards.io/explorer/TextRun.html
 */
export function teamsCardOf(document: ReportDocument, frame: ChatFrame): object {
  const brief = briefOf(document, frame.isReport);
  return fitted(CHAT_ROOMS, (room) => messageIn(room, brief, frame), doTeamsTake);
}

function doTeamsTake(message: object): boolean {
  const body = JSON.stringify(message);
  const { teamsMessage, teamsMessageUtf16 } = RECEIVER_LIMITS;
  return bytesOf(body) <= teamsMessage.ours && 2 * body.length <= teamsMessageUtf16.ours;
}

function messageIn(room: Room, document: ReportDocument, frame: ChatFrame): object {
  const { title, lead, answer, fine } = shortened(document, room);
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: answer,
    msteams: { width: 'Full' },
    body: [
      block([{ text: title }], frame, { isSubtle: true, size: 'Small' }),
      block([{ text: answer }], frame, { weight: 'Bolder', size: 'Medium' }),
      ...passagesIn(room, document).flatMap((passage) => passageBlocks(passage, frame)),
      block([{ text: [lead, ...fine].join(' ') }], frame, { isSubtle: true, size: 'Small' }),
    ],
    actions: [{ type: 'Action.OpenUrl', title: frame.button, url: frame.url }],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function passageBlocks({ title, lines, more }: Passage, frame: ChatFrame): object[] {
  const bullet = run({ text: '• ' }, frame, {});
  const selectAction = { type: 'Action.OpenUrl', url: frame.url };
  const rest = { type: 'TextRun', text: `and ${more} more`, selectAction, underline: true };
  return [
    { ...block([{ text: title }], frame, { weight: 'Bolder' }), spacing: 'Medium' },
    ...lines.map((line) => ({ ...block([{ text: '• ' }, ...line], frame), spacing: 'Small' })),
    ...(more > 0 ? [{ type: 'RichTextBlock', inlines: [bullet, rest], spacing: 'Small' }] : []),
  ];
}

type Look = { weight?: 'Bolder'; size?: 'Small' | 'Medium'; isSubtle?: true };

function block(line: Line, frame: ChatFrame, look: Look = {}): object {
  return { type: 'RichTextBlock', inlines: line.map((cell) => run(cell, frame, look)) };
}

function run({ text, link }: Cell, { addressOf }: ChatFrame, look: Look): object {
  const selectAction = link && { type: 'Action.OpenUrl', url: addressOf(link) };
  return { type: 'TextRun', text, ...look, ...(selectAction && { selectAction, underline: true }) };
}
