import type { CheckedEvent } from './events';

/** What became of the events of one batch; `rejected` by their place in it. The counts add up to the batch. */
export type Delivery = {
  readonly accepted: number;
  readonly duplicates: number;
  /** Duplicates whose data differ from what was recorded first. */
  readonly differing: number;
  readonly rejected: ReadonlyMap<number, string>;
};

/** Takes a batch to where it is kept. */
export type SendBatch = (events: readonly CheckedEvent[]) => Promise<Delivery>;

/** A row's events travel together. `rejected`: why the receiver refused one of them. */
export type Parcel = {
  readonly events: readonly CheckedEvent[];
  readonly delivered: (rejected: readonly string[]) => void;
};

export type BatchOptions = { readonly eventsPerBatch?: number; readonly inFlight?: number };

/** Events a request: few enough that the server holds little at a time, and far below its limits. */
const EVENTS_PER_BATCH = 500;
const IN_FLIGHT = 4;

/**
 * Sends rows in batches, a few at a time. Rows are told of their delivery in the order they came in, so that what
 * was told last is how far a rerun need not go back.
 */
export function createBatches(
  send: SendBatch,
  onDelivery: (delivery: Delivery) => void,
  { eventsPerBatch = EVENTS_PER_BATCH, inFlight = IN_FLIGHT }: BatchOptions = {},
): { add: (parcel: Parcel) => Promise<void>; finish: () => Promise<void> } {
  let parcels: Parcel[] = [];
  let size = 0;
  const window: { parcels: Parcel[]; sent: Promise<Delivery> }[] = [];

  const dispatch = (): void => {
    if (parcels.length === 0) return;
    const sent = send(parcels.flatMap(({ events }) => events));
    // Awaited in its turn; until then a failure must not count as unhandled.
    sent.catch(() => {});
    window.push({ parcels, sent });
    parcels = [];
    size = 0;
  };

  const settleOldest = async (): Promise<void> => {
    const oldest = window.shift();
    if (!oldest) return;
    const delivery = await oldest.sent;
    onDelivery(delivery);
    let index = 0;
    for (const { events, delivered } of oldest.parcels) {
      const from = index;
      index += events.length;
      delivered(events.flatMap((_, offset) => delivery.rejected.get(from + offset) ?? []));
    }
  };

  return {
    add: async (parcel) => {
      if (size > 0 && size + parcel.events.length > eventsPerBatch) dispatch();
      parcels.push(parcel);
      size += parcel.events.length;
      while (window.length >= inFlight) await settleOldest();
    },
    finish: async () => {
      dispatch();
      while (window.length > 0) await settleOldest();
    },
  };
}
