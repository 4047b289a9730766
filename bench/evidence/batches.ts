import { newSource } from '../load/run';
import { type CloudEvent, pastEvidence, take } from './events';

/** Batches that follow one another in time, never the same event twice. */
export function createBatches(size: number, days: number): () => CloudEvent[] {
  const next = pastEvidence(newSource(), days);
  return () => take(next, size);
}

/** Sends prepared bodies with so many requests under way at once. */
export async function sendAll(
  url: string,
  token: string,
  bodies: readonly string[],
  clients: number,
): Promise<void> {
  const queue = bodies[Symbol.iterator]();
  const headers = {
    'content-type': 'application/cloudevents-batch+json',
    authorization: `Bearer ${token}`,
  };
  const client = async (): Promise<void> => {
    for (const body of queue) {
      const response = await fetch(`${url}/api/v1/events`, { method: 'POST', headers, body });
      const answer = await response.text();
      if (!response.ok) throw new Error(`A batch was refused (${response.status}): ${answer.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}
