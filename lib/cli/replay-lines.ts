import { z } from 'zod';
import { SEVERITIES } from '@/lib/domain/event';
import { GEARS } from '@/lib/domain/gear';
import { level } from '@/lib/domain/lane/words';
import { plainIssue } from '@/lib/domain/plain-issue';
import { DEFAULT_ENGINE_CONFIG } from '@/lib/domain/trust/engine-config';
import { provenBar } from '@/lib/domain/trust/promotion';
import { createReplay, replayEvent } from '@/lib/domain/trust/replay';
import { OUTCOME_SCORES } from '@/lib/domain/trust/severity';
import type { TrustEvent } from '@/lib/domain/trust/trust-event';
import { AppError } from '@/lib/platform/errors';

const outcomes = Object.keys(OUTCOME_SCORES) as [keyof typeof OUTCOME_SCORES];
const at = z.object({ t: z.number() });
const about = at.extend({ task: z.string().min(1) });

const lineSchema = z.discriminatedUnion('type', [
  about.extend({
    type: z.literal('review'),
    outcome: z.enum(outcomes).optional(),
    x: z.number().min(0).max(1).optional(),
  }),
  about.extend({ type: z.literal('revert') }),
  about.extend({ type: z.literal('incident'), sev: z.enum(SEVERITIES) }),
  at.extend({ type: z.literal('accept'), gear: z.enum(GEARS) }),
  at.extend({ type: z.literal('tick') }),
  at.extend({ type: z.literal('reset') }),
]);

type Replayed = {
  line: number;
  text: string;
  value: {
    t: number;
    gear: string;
    verdict: string;
    to?: string;
    epoch: number;
    matured: number;
    proven: number | null;
  };
};

/** Replays the events of one lane, a line each, under Gait's default policy. */
export function* replayLines(lines: readonly { line: number; text: string }[]): Generator<Replayed> {
  const replay = createReplay();
  let before: { line: number; t: number } | undefined;
  for (const { line, text } of lines) {
    const event = readEvent(line, text);
    if (before && event.t < before.t) {
      throw new AppError(
        'invalid',
        `line ${line}: t ${event.t} lies before t ${before.t} of line ${before.line}. Events must stand in the order of time.`,
      );
    }
    before = { line, t: event.t };
    const { verdict } = replayEvent(replay, event, DEFAULT_ENGINE_CONFIG);
    const { gear, promotion } = replay.state;
    const proven = provenBar(promotion);
    const to = 'to' in verdict ? verdict.to : undefined;
    const value = {
      t: event.t,
      gear,
      verdict: verdict.kind,
      ...(to && { to }),
      epoch: promotion.epoch,
      matured: promotion.matured,
      proven,
    };
    const level_ = proven === null ? 'nothing proven' : `proven ${level(proven)}`;
    yield {
      line,
      value,
      text: `day ${event.t}  ${gear}  ${verdict.kind}${to ? ` to ${to}` : ''}  epoch ${promotion.epoch}  ${promotion.matured} matured  ${level_}`,
    };
  }
}

function readEvent(line: number, text: string): TrustEvent {
  const parsed = lineSchema.safeParse(parseLine(line, text), { error: plainIssue });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError('invalid', `line ${line}: ${issue?.path.join('.') || 'event'}: ${issue?.message}.`);
  }
  const event = parsed.data;
  if (event.type === 'incident')
    return { type: 'incident', t: event.t, task: event.task, severity: event.sev };
  if (event.type !== 'review') return event;
  const x = event.x ?? (event.outcome && OUTCOME_SCORES[event.outcome]);
  if (x === undefined) throw new AppError('invalid', `line ${line}: a review needs an outcome or a score x.`);
  return { type: 'review', t: event.t, task: event.task, x };
}

function parseLine(line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid', `line ${line} is not JSON.`);
  }
}
