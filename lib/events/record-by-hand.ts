import { canRecordByHand } from '@/lib/organisations/ability';
import type { Ctx } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { recordEvents } from './mutations';
import { type ParsedEvent, parseEvent } from './schema';

/** Where evidence recorded on Gait's own forms comes from, in the record. */
const BY_HAND = 'gait:by-hand';

/** `at` in ms since 1970; now, when absent. */
export type HandEvent = { type: string; data: unknown; at?: number };

/** Records what a person typed: the same events, through the same checks, as any other evidence. */
export async function recordByHand(ctx: Ctx, events: readonly HandEvent[]): Promise<{ workIds: string[] }> {
  if (!canRecordByHand(ctx.actor))
    throw new AppError('forbidden', 'Auditors read everything and change nothing.');
  const now = ctx.clock.now().getTime();
  const parsed = events.map(
    ({ type, data, at }, index): ParsedEvent =>
      parseEvent(
        {
          specversion: '1.0',
          source: BY_HAND,
          id: newId(),
          type,
          time: new Date(at ?? now + index).toISOString(),
          data,
        },
        now,
      ),
  );
  const refused = parsed.flatMap((item) => (item.ok ? [] : item.problems));
  const [first] = refused;
  if (first) throw new AppError('invalid', `${first.pointer.split('/').at(-1)}: ${first.message}.`);
  return recordEvents(ctx, parsed);
}
