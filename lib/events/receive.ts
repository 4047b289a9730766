import { type Answer, type Incoming, jsonAnswer, problemAnswer } from '@/lib/platform/answer';
import { type PresentedToken, withPresentedToken } from '@/lib/platform/bearer';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { arriving } from '@/lib/platform/nudge';
import { readBody } from '@/lib/platform/read-body';
import { waitUntilProjected } from './data';
import { parseBody } from './parse-body';
import { waitAskedFor } from './prefer';
import { submitEvents } from './record-queue';
import { MAX_BODY_BYTES } from './schema';
import type { ItemResult, RecordResult } from './types';

/** `POST /api/v1/events`: authenticates, parses, records, answers. The token is read before the body is. */
export async function receiveEvents(incoming: Incoming, requestId: string, clock: Clock): Promise<Answer> {
  const { single, result, orgId } = await withPresentedToken(incoming, (token) =>
    receive(incoming, token, clock),
  );
  const waited = await waitIfAsked(incoming, orgId, result);
  return answer(result, single, requestId, waited);
}

function receive(incoming: Incoming, token: PresentedToken, clock: Clock) {
  return arriving(async () => {
    const body = await readBody(incoming, MAX_BODY_BYTES);
    const { single, parsed } = await parseBody(incoming, body, clock.now().getTime());
    return { single, result: await submitEvents(token, parsed, clock), orgId: token.orgId };
  });
}

/** `Prefer: wait=5`: answer once the events are on the dashboard. @returns the seconds granted, if that was so within them */
async function waitIfAsked(
  incoming: Incoming,
  orgId: OrgId,
  { workIds }: RecordResult,
): Promise<number | null> {
  const seconds = waitAskedFor(incoming.header('prefer'));
  if (seconds === null) return null;
  return (await waitUntilProjected(orgId, workIds, seconds * 1000)) ? seconds : null;
}

function answer(
  { accepted, duplicates, rejected, items }: RecordResult,
  single: boolean,
  requestId: string,
  waited: number | null,
): Answer {
  if (rejected === 0 || rejected < items.length) {
    return jsonAnswer(
      { accepted, duplicates, rejected, items },
      waited === null ? {} : { 'preference-applied': `wait=${waited}` },
    );
  }
  if (single) return refused(items[0], requestId);
  const detail = 'No event of this request was recorded; `items` says why.';
  return problemAnswer({ code: 'invalid', status: 422, detail, requestId, items });
}

function refused(item: ItemResult | undefined, requestId: string): Answer {
  const errors = item?.errors;
  if (item?.code !== 'conflict') {
    const detail = 'The event is not valid; `errors` says where.';
    return problemAnswer({ code: 'invalid', status: 422, detail, requestId, errors });
  }
  const detail = 'The record holds a different event under this source and id.';
  return problemAnswer({ code: 'conflict', status: 409, detail, requestId, errors });
}
