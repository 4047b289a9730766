import { type Answer, type Incoming, jsonAnswer, problemAnswer } from '@/lib/platform/answer';
import { type PresentedToken, presentedToken } from '@/lib/platform/bearer';
import { addressOf } from '@/lib/platform/client-address';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { arriving } from '@/lib/platform/nudge';
import { LIMITS, limitingRefusals } from '@/lib/platform/rate-limit';
import { readBody } from '@/lib/platform/read-body';
import { waitUntilProjected } from './data';
import { parseBody } from './parse-body';
import { waitAskedFor } from './prefer';
import { submitEvents } from './record-queue';
import { MAX_BODY_BYTES } from './schema';
import type { RecordResult } from './types';

/** `POST /api/v1/events`: authenticates, parses, records, answers. The token is read before the body is. */
export async function receiveEvents(incoming: Incoming, requestId: string, clock: Clock): Promise<Answer> {
  const token = presentedToken(incoming);
  const { single, result } = await limitingRefusals(LIMITS.unknownToken, addressOf(incoming), () =>
    receive(incoming, token, clock),
  );
  const waited = await waitIfAsked(incoming, token.orgId, result);
  return answer(result, single, requestId, waited);
}

function receive(incoming: Incoming, token: PresentedToken, clock: Clock) {
  return arriving(async () => {
    const body = await readBody(incoming, MAX_BODY_BYTES);
    const { single, parsed } = parseBody(incoming, body, clock.now().getTime());
    return { single, result: await submitEvents(token, parsed, clock) };
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

const INVALID = 'The event is not valid; `errors` says where.';
const CONFLICT = 'Another event was recorded under this source and id; this one was not kept.';

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
  if (!single) {
    const detail = 'No event of this request is valid; `items` says why.';
    return problemAnswer({ code: 'invalid', status: 422, detail, requestId, items });
  }
  const { code, errors } = items[0] ?? {};
  return code === 'conflict'
    ? problemAnswer({ code, status: 409, detail: CONFLICT, requestId, errors })
    : problemAnswer({ code: 'invalid', status: 422, detail: INVALID, requestId, errors });
}
