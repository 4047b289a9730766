import type { LaneScript } from './lane-script';
import { EARNED } from './stories/earned';
import { FALLEN } from './stories/fallen';
import { HELD } from './stories/held';

/**
 * The lanes that a reader of the demo is meant to stumble over. Days count backwards from the moment the demo starts;
 * tunes are read note by note (see fate.ts), so these stories come out the same for every seed and on every weekday.
 */
export const STORIES: readonly LaneScript[] = [...EARNED, ...FALLEN, ...HELD];
