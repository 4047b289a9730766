import { z } from 'zod';

/** The act of the entry by which somebody acknowledges that the log did not match its proof. */
export const ACKNOWLEDGED_ACT = 'audit.alarm_acknowledged';

/**
 * Entries whose loss somebody acknowledged: the log agrees with what was signed up to `agreedUpTo`, and what was signed from there up
 * to `signedUpTo` is not in it. `number` counts the losses of a log from 1; checkpoints signed afterwards name it.
 */
export type Loss = { readonly number: number; readonly agreedUpTo: number; readonly signedUpTo: number };

const size = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const acknowledged = z.object({
  loss: z.object({ number: size, agreedUpTo: size, signedUpTo: size }).nullable().optional(),
});

/** The loss that an entry acknowledges; null when it acknowledges none. */
export function lossIn(entry: { readonly act: string; readonly after?: unknown }): Loss | null {
  if (entry.act !== ACKNOWLEDGED_ACT) return null;
  return acknowledged.safeParse(entry.after).data?.loss ?? null;
}

/** Whether a checkpoint, signed after so many losses, is of entries whose loss was acknowledged later. */
export function isLost(
  checkpoint: { readonly size: number; readonly losses: number },
  losses: readonly Loss[],
): boolean {
  return losses.some(
    ({ number, agreedUpTo, signedUpTo }) =>
      checkpoint.losses < number && agreedUpTo < checkpoint.size && checkpoint.size <= signedUpTo,
  );
}
