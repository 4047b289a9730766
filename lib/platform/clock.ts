/** Time is handed in, so that tests and replays can stand anywhere in it. */
export type Clock = { now(): Date };

/** The only place that asks the machine what time it is. */
export const systemClock: Clock = { now: () => new Date() };
