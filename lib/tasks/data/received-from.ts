import { BY_HAND } from '@/lib/events/record-by-hand';
import { actorText, type OrgId, SAMPLE_ACTOR } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { ReceivedFrom } from '../types';

type Received = { source: string; receivedBy: string };

const SAMPLE = actorText(SAMPLE_ACTOR);

/** Whether Gait invented it: when it was received says nothing then. */
export function isInvented({ receivedBy }: Received): boolean {
  return receivedBy === SAMPLE;
}

/** Tells of each event how it came. What Gait itself wrote down has its person in its sentence. */
export async function receiptsOf(
  tx: Tx,
  orgId: OrgId,
  events: readonly Received[],
): Promise<(event: Received) => ReceivedFrom | null> {
  const ids = (kind: string) =>
    [...new Set(events.map(({ receivedBy }) => receivedBy))].flatMap((text) =>
      text.startsWith(kind) ? [text.slice(kind.length)] : [],
    );
  const of = (kind: string) => ({
    where: { orgId, id: { in: ids(kind) } },
    select: { id: true, name: true },
  });
  const people = new Map((await tx.person.findMany(of('person:'))).map(({ id, name }) => [id, name]));
  const tokens = new Map((await tx.token.findMany(of('token:'))).map(({ id, name }) => [id, name]));
  return (event) => {
    const [kind = '', id = ''] = event.receivedBy.split(/:(.*)/s);
    if (isInvented(event)) return null;
    if (kind === 'token') return { kind, name: tokens.get(id) ?? id };
    if (kind === 'job') return { kind, name: id };
    return event.source === BY_HAND ? { kind: 'hand', name: people.get(id) ?? id } : null;
  };
}
