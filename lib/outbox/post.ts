import { Webhook } from 'standardwebhooks';
import type { Channel } from '@/generated/prisma/client';
import type { DeliveryKind } from '@/lib/domain/notice/audience';
import { slackOf } from '@/lib/domain/notice/slack';
import { teamsCardOf } from '@/lib/domain/notice/teams-card';
import type { ReportLink } from '@/lib/domain/report/section';
import { AppError } from '@/lib/platform/errors';
import { safeFetch } from '@/lib/platform/safe-fetch';
import { open } from '@/lib/platform/seal';
import { pathsOf, wholeAddress } from './addresses';
import { sealedForChannel } from './channel-secrets';
import type { Telling } from './data/telling';

/** What a program is told by: CloudEvents types of ours, and `test` for a trial. */
const TYPES: Readonly<Record<DeliveryKind | 'test', string>> = {
  report: 'dev.gait.report.frozen.v1',
  demotion: 'dev.gait.lane.demoted.v1',
  incident: 'dev.gait.incident.alerted.v1',
  digest: 'dev.gait.decisions.waiting.v1',
  audit: 'dev.gait.audit.alarmed.v1',
  test: 'dev.gait.test.v1',
};

/** The receiver says that nothing lives there any more: it is not asked again. */
const GONE = 410;

/** How much of what a receiver answers is kept to be read. */
const SAID = 200;

export type Post = { telling: Omit<Telling, 'kind'> & { kind: DeliveryKind | 'test' }; id: string; at: Date };

/** What a channel's receiver answered instead of taking it. `isFinal`: it never will. */
export class NotTaken extends Error {
  constructor(
    message: string,
    readonly isFinal: boolean,
  ) {
    super(message);
  }
}

/**
 * Posts to a channel. `id` names what is posted: the same when it is tried again, so that a receiver knows it for the same.
 * @throws NotTaken, or AppError when there was no answer
 */
export async function postTo(channel: Channel, { telling, id, at }: Post): Promise<void> {
  const url = open(channel.urlSealed, sealedForChannel(channel));
  const { body, headers } = messageFor(channel, { telling, id, at });
  const { status, body: said } = await safeFetch(url, { method: 'POST', headers, body });
  if (status >= 200 && status < 300) return;
  const why = said.replaceAll(/\s+/g, ' ').trim().slice(0, SAID);
  throw new NotTaken(`${channel.host} answered ${status}${why ? `: ${why}` : ''}.`, status === GONE);
}

type Message = { body: string; headers: Record<string, string> };

function messageFor(channel: Channel, post: Post): Message {
  const { document, path, button, organisation, kind } = post.telling;
  const frame = {
    addressOf: (link: ReportLink) => wholeAddress(pathsOf(organisation.slug).of(link)),
    url: wholeAddress(path),
    button,
    isReport: kind === 'report',
  };
  switch (channel.kind) {
    case 'slack':
      return json(slackOf(document, frame));
    case 'teams':
      return json(teamsCardOf(document, frame));
    default:
      return signedEvent(channel, post);
  }
}

function json(message: object): Message {
  // Without the charset, Teams was seen to count each character as two bytes.
  return { body: JSON.stringify(message), headers: { 'content-type': 'application/json; charset=utf-8' } };
}

/** A CloudEvents 1.0 event, signed as Standard Webhooks has it. */
function signedEvent(channel: Channel, { telling, id, at }: Post): Message {
  const { organisation, kind, path, document, data } = telling;
  const url = wholeAddress(path);
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: wholeAddress(`/${organisation.slug}`),
    type: TYPES[kind],
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data: {
      organisation,
      team: channel.team === '' ? null : channel.team,
      answer: document.answer,
      url,
      ...data,
    },
  });
  if (channel.secretSealed === null) throw new AppError('internal', 'This webhook has no secret.');
  const secret = open(channel.secretSealed, sealedForChannel(channel));
  return {
    body,
    headers: {
      'content-type': 'application/cloudevents+json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
  };
}
