import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../report/document';
import type { ReportLink } from '../report/section';
import { anyReportSize, aReportOfSize, LARGE_REPORT, type ReportSize } from '../testing/any-report';
import { demotionDocument, digestDocument, incidentDocument } from './documents';
import { RECEIVER_LIMITS } from './receiver-limits';
import { slackOf } from './slack';
import { teamsCardOf } from './teams-card';

const frame = {
  addressOf: (link: ReportLink) =>
    `https://gait.acme.example/acme?${new URLSearchParams(JSON.parse(JSON.stringify(link)))}`,
  url: 'https://gait.acme.example/acme/reports/2026-W47',
  button: 'Read it in Gait',
  isReport: true,
};

const wholeReport = (size: ReportSize, isOfTeam = false) =>
  documentOf(aReportOfSize(size, isOfTeam), Number.POSITIVE_INFINITY);

/** All texts of a message, wherever they stand. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'text' && typeof one === 'string' ? [one] : textsIn(one),
  );
}

type SlackMessage = { text: string; blocks: { type: string; text?: { text: string } }[] };

function expectSlackTakes(message: object): void {
  const { text, blocks } = message as SlackMessage;
  const { slackBlocks, slackBlockText, slackHeader, slackMessage, slackFallback } = RECEIVER_LIMITS;
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(slackMessage.ours);
  expect(blocks.length).toBeLessThanOrEqual(slackBlocks.ours);
  expect(text.length).toBeLessThanOrEqual(slackFallback.ours);
  for (const block of blocks) {
    expect(textsIn(block).join('').length).toBeLessThanOrEqual(slackBlockText.ours);
    for (const said of textsIn(block)) expect(said.length).toBeGreaterThan(0);
    if (block.type === 'header') expect(block.text?.text.length).toBeLessThanOrEqual(slackHeader.ours);
  }
}

function expectTeamsTakes(card: object): void {
  const body = JSON.stringify(card);
  const { teamsMessage, teamsMessageUtf16 } = RECEIVER_LIMITS;
  expect(Buffer.byteLength(body, 'utf8')).toBeLessThanOrEqual(teamsMessage.ours);
  expect(Buffer.byteLength(body, 'utf16le')).toBeLessThanOrEqual(teamsMessageUtf16.ours);
}

it('a margin is kept to every limit of a receiver', () => {
  for (const { theirs, ours } of Object.values(RECEIVER_LIMITS)) expect(ours).toBeLessThan(theirs);
});

describe('24 teams with long names and long reasons', () => {
  const document = wholeReport(LARGE_REPORT);

  it('are a card that Teams takes, which tells how much more there is and where', () => {
    const card = teamsCardOf(document, frame);
    expectTeamsTakes(card);
    expectSaysWhatIsLeftOut(JSON.stringify(card));
  });

  it('are a message that Slack takes, which tells how much more there is and where', () => {
    const message = slackOf(document, frame);
    expectSlackTakes(message);
    expectSaysWhatIsLeftOut(JSON.stringify(message));
  });

  function expectSaysWhatIsLeftOut(body: string): void {
    const [, told = ''] = /"and (\d+) more"/.exec(body) ?? [];
    expect(Number(told)).toBeGreaterThan(0);
    expect(body.split(frame.url).length, 'the button, and each "and N more"').toBeGreaterThan(2);
  }
});

it('a report that is short is told whole', () => {
  const document = wholeReport({
    ...LARGE_REPORT,
    teams: 2,
    moves: 2,
    waiting: 2,
    closed: 0,
    reason: 'Fine.',
  });
  for (const message of [slackOf(document, frame), teamsCardOf(document, frame)])
    expect(JSON.stringify(message)).not.toMatch(/and \d+ more|…/);
});

it('whatever its size and writing, a report is a message that Slack and Teams take', () => {
  fc.assert(
    fc.property(anyReportSize(300), fc.boolean(), (size, isOfTeam) => {
      const document = wholeReport(size, isOfTeam);
      expectSlackTakes(slackOf(document, frame));
      expectTeamsTakes(teamsCardOf(document, frame));
    }),
    { numRuns: 60 },
  );
});

it('so is a lost gear, an incident and what waits in the morning', () => {
  fc.assert(
    fc.property(anyReportSize(40), (size) => {
      const { organisation, moves, waiting } = aReportOfSize(size);
      const [move] = moves;
      const documents = [
        digestDocument(waiting, organisation),
        ...(move ? [demotionDocument(move, 'UTC')] : []),
        incidentDocument(
          {
            ref: 'pagerduty:1',
            title: size.reason,
            severity: 'SEV1',
            openedAt: '2026-11-17T09:00:00.000Z',
            resolvedAt: null,
            teams: moves.map(({ team }) => team.name).join(', '),
            tasks: moves.map((_, n) => ({ ref: `${size.name}#${n}`, status: 'suggested' })),
          },
          'UTC',
        ),
      ];
      for (const document of documents) {
        expectSlackTakes(slackOf(document, { ...frame, isReport: false }));
        expectTeamsTakes(teamsCardOf(document, { ...frame, isReport: false }));
      }
    }),
    { numRuns: 40 },
  );
});
