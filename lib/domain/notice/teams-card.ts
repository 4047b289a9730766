import type { Cell, ReportDocument } from '../report/section';
import { type Line, passagesOf } from './brief';
import type { ChatFrame } from './slack';

/**
 * A message for a Microsoft Teams workflow that posts to a channel: an adaptive card. Texts are text runs, in which nothing is Markdown.
 * Source: https://learn.microsoft.com/connectors/teams, https://adaptivecards.io/explorer/TextRun.html
 */
export function teamsCardOf(document: ReportDocument, frame: ChatFrame): object {
  const { title, lead, answer, fine } = document;
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: answer,
    msteams: { width: 'Full' },
    body: [
      block([{ text: title }], frame, { isSubtle: true, size: 'Small' }),
      block([{ text: answer }], frame, { weight: 'Bolder', size: 'Medium' }),
      ...passagesOf(document, frame.isReport).flatMap((passage) => [
        { ...block([{ text: passage.title }], frame, { weight: 'Bolder' }), spacing: 'Medium' },
        ...passage.lines.map((line) => ({
          ...block([{ text: '• ' }, ...line], frame),
          spacing: 'Small',
        })),
      ]),
      block([{ text: [lead, ...fine].join(' ') }], frame, { isSubtle: true, size: 'Small' }),
    ],
    actions: [{ type: 'Action.OpenUrl', title: frame.button, url: frame.url }],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

type Look = { weight?: 'Bolder'; size?: 'Small' | 'Medium'; isSubtle?: true };

function block(line: Line, frame: ChatFrame, look: Look = {}): object {
  return { type: 'RichTextBlock', inlines: line.map((cell) => run(cell, frame, look)) };
}

function run({ text, link }: Cell, { addressOf }: ChatFrame, look: Look): object {
  const selectAction = link && { type: 'Action.OpenUrl', url: addressOf(link) };
  return { type: 'TextRun', text, ...look, ...(selectAction && { selectAction, underline: true }) };
}
