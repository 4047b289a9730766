import { GEARS, type Gear } from '../gear';
import { type Bar, isBar, LOSS_FRACTIONS } from './constants';
import type { Detector } from './detector';
import type { EngineState } from './engine-state';
import { createQueue, pendingRecords } from './pending';
import { STAKE_COUNT } from './stakes';
import { trustInputError } from './trust-error';
import type { TaskRecord } from './trust-event';

/** A logarithm in JSON, which has no -Infinity: null stands for it, that is for ln 0. */
type EncodedLog = number | null;

type EncodedDetector = Omit<Detector, 'logs'> & { readonly logs: readonly EncodedLog[] };

/** A lane's state as plain JSON: about 2.5 KB, and some 120 bytes per pending task. Numbers survive the round trip exactly. */
export type EncodedEngine = {
  readonly version: 1;
  readonly gear: Gear;
  readonly promotion: {
    readonly logStakes: readonly EncodedLog[];
    readonly epoch: number;
    readonly blocks: number;
    readonly matured: number;
    readonly lastMaturedAt: number | null;
  };
  readonly watch: {
    readonly bar: EncodedDetector;
    readonly drift: EncodedDetector;
    readonly reference: Bar;
  } | null;
  readonly tight: boolean;
  readonly cleanRun: number;
  readonly inGear: number;
  readonly pending: readonly Omit<TaskRecord, 'matured'>[];
  readonly lastT: number | null;
  readonly matured: number;
  readonly notClean: number;
  readonly freshness: { readonly maturedAt: readonly number[]; readonly cleanOwed: number | null };
};

function encodeLogs(logs: Float64Array): EncodedLog[] {
  return Array.from(logs, (log) => (log === Number.NEGATIVE_INFINITY ? null : log));
}

function encodeDetector(detector: Detector): EncodedDetector {
  return {
    ...detector,
    logs: encodeLogs(detector.logs),
  };
}

/** The state as JSON, sharing nothing with it that changes. */
export function encodeEngine(state: EngineState): EncodedEngine {
  const { promotion, watch, pending, openIncidents: _derived, ...plain } = state;
  return {
    version: 1,
    ...plain,
    promotion: { ...promotion, logStakes: encodeLogs(promotion.logStakes) },
    watch: watch && { ...watch, bar: encodeDetector(watch.bar), drift: encodeDetector(watch.drift) },
    pending: pendingRecords(pending).map(({ matured: _never, ...record }) => record),
    freshness: { ...plain.freshness, maturedAt: [...plain.freshness.maturedAt] },
  };
}

function decodeLogs(logs: readonly EncodedLog[], count: number): Float64Array {
  if (logs.length !== count) {
    throw trustInputError('bad_state', `expected ${count} logarithms, found ${logs.length}`);
  }
  return Float64Array.from(logs, (log) => log ?? Number.NEGATIVE_INFINITY);
}

function decodeDetector(detector: EncodedDetector): Detector {
  return {
    ...detector,
    logs: decodeLogs(detector.logs, LOSS_FRACTIONS.length),
  };
}

function checkShape({ version, gear, watch }: EncodedEngine): void {
  const known = version === 1 && GEARS.includes(gear) && (gear === 'crawl') === (watch === null);
  if (!known || (watch && !isBar(watch.reference))) {
    throw trustInputError('bad_state', `not an engine state of version 1: version ${version}, gear ${gear}`);
  }
}

/** The state again; decodeEngine(encodeEngine(s)) goes on exactly as s would. Refuses another version or shape. */
export function decodeEngine(encoded: EncodedEngine): EngineState {
  checkShape(encoded);
  const { version: _version, promotion, watch, pending, freshness, ...plain } = encoded;
  const open = pending.filter((record) => record.extra > 0 && record.epoch === promotion.epoch);
  return {
    ...plain,
    promotion: { ...promotion, logStakes: decodeLogs(promotion.logStakes, STAKE_COUNT) },
    watch: watch && { ...watch, bar: decodeDetector(watch.bar), drift: decodeDetector(watch.drift) },
    pending: createQueue(pending.map((record) => ({ ...record, matured: false }))),
    openIncidents: open.length,
    freshness: { ...freshness, maturedAt: [...freshness.maturedAt] },
  };
}
