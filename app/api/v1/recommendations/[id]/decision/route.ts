import { decideRecommendation } from '@/lib/decisions/mutations';
import { decideSchema } from '@/lib/decisions/schema';
import { plainIssue } from '@/lib/domain/plain-issue';
import { waitUntilProjected } from '@/lib/events/data';
import { jsonAnswer } from '@/lib/platform/answer';
import { AppError } from '@/lib/platform/errors';
import { incomingOf, methods, route } from '@/lib/platform/http';
import { idempotencyKey } from '@/lib/platform/idempotency-key';
import { readJson } from '@/lib/platform/read-json';
import { requirePerson } from '@/lib/sessions/gate';

const WAIT_MS = 3_000;

/** A person decides, so this door takes a session and not a token; and only from Gait's own pages. */
const decide = route<{ id: string }>(async (request, { params, requestId }) => {
  const ctx = await requirePerson(request, requestId);
  const { id } = await params;
  const parsed = decideSchema.safeParse({ ...(await readObject(request)), id }, { error: plainIssue });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError('invalid', issue?.message ?? 'The decision is not valid.', {
      pointer: `/${issue?.path.join('/')}`,
    });
  }
  const { workIds } = await decideRecommendation(ctx, parsed.data, idempotencyKey(request));
  await waitUntilProjected(ctx.orgId, workIds, WAIT_MS);
  return jsonAnswer({ id, action: parsed.data.action });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: decide });

/** A reason has 2,000 characters at most. */
const BODY = { bytes: 64 * 1024, depth: 10, values: 100 };

async function readObject(request: Request): Promise<object> {
  const body = await readJson(incomingOf(request), BODY);
  if (typeof body !== 'object' || body === null)
    throw new AppError('bad_request', 'Send a JSON object: {"action":"accept","reason":"…"}.');
  return body;
}
