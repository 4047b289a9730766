import { logLossEvidence } from './detector';
import type { Verdict } from './engine';
import { DEFAULT_ENGINE_CONFIG, type EngineConfig } from './engine-config';
import { logThreshold } from './promotion';
import { createReplay, replayEvent } from './replay';
import type { TrustEvent } from './trust-event';
import { type BarSummary, summarize } from './trust-summary';
import type { VectorCheck } from './vector-check';
import type { VectorFile } from './vector-schema';

type EngineVectors = VectorFile['engine'][number];
type Snapshot = EngineVectors['snapshots'][number];
type Replay = ReturnType<typeof createReplay>;

/** The configuration a file was made with; what it does not say is Gait's default. */
export function configOf({ meta: { alpha, engine = {} } }: VectorFile): EngineConfig {
  const { bars, ...rest } = DEFAULT_ENGINE_CONFIG;
  return {
    alpha: alpha ?? rest.alpha,
    bars: { walk: engine.barWalk ?? bars.walk, run: engine.barRun ?? bars.run },
    maturityDays: engine.maturityDays ?? rest.maturityDays,
    minInGear: engine.minInGear ?? rest.minInGear,
    tightenClear: engine.tightenClear ?? rest.tightenClear,
    aDemote: engine.A_demote ?? rest.aDemote,
    aDrift: engine.A_drift ?? rest.aDrift,
  };
}

function eventOf(event: EngineVectors['events'][number], scores: Record<string, number>): TrustEvent {
  if (event.type === 'incident') {
    const { type, t, task, sev } = event;
    return { type, t, task, severity: sev };
  }
  if (event.type !== 'review') return event;
  const { type, t, task, outcome } = event;
  const x = scores[outcome];
  if (x === undefined) throw new Error(`outcome "${outcome}" has no score in meta.scores`);
  return { type, t, task, x };
}

function wordOf(verdict: Verdict): string {
  return 'to' in verdict ? `${verdict.kind}:${verdict.to}` : verdict.kind;
}

function checkBar(path: string, expected: Snapshot, bar: BarSummary, check: VectorCheck): void {
  const name = bar.gear === 'walk' ? 'Walk' : 'Run';
  check.log(`${path}.logE_${bar.gear}`, expected[`logE_${bar.gear}`], bar.logE);
  check.exact(`${path}.cleanTo${name}`, expected[`cleanTo${name}`], bar.cleanNeeded);
  const afterPending = `cleanTo${name}AfterPending` as const;
  check.exact(`${path}.${afterPending}`, expected[afterPending], bar.cleanNeededAfterPending);
}

function checkSnapshot(
  path: string,
  expected: Snapshot,
  { state }: Replay,
  verdict: Verdict,
  config: EngineConfig,
  check: VectorCheck,
): void {
  const summary = summarize(state, config, null);
  const { watch, promotion } = state;
  check.exact(`${path}.gear`, expected.gear, summary.gear);
  check.exact(`${path}.rec`, expected.rec, wordOf(verdict));
  check.exact(`${path}.epoch`, expected.epoch, summary.epoch);
  check.exact(`${path}.matured`, expected.matured, state.matured);
  check.exact(`${path}.nEpoch`, expected.nEpoch, summary.maturedInEpoch);
  check.exact(`${path}.start`, expected.start, promotion.blocks);
  check.close(`${path}.logThr`, expected.logThr, logThreshold(promotion.epoch, config.alpha));
  check.close(`${path}.proven`, expected.proven, summary.proven);
  check.exact(`${path}.tight`, expected.tight, summary.tight);
  check.close(`${path}.pref`, expected.pref, summary.reference);
  const nothing = Number.NEGATIVE_INFINITY;
  check.log(`${path}.logR_demote`, expected.logR_demote, watch ? logLossEvidence(watch.bar) : nothing);
  check.log(`${path}.logR_drift`, expected.logR_drift, watch ? logLossEvidence(watch.drift) : nothing);
  for (const bar of summary.bars) checkBar(path, expected, bar, check);
}

/** Checks whole lanes: every event through the engine, and the state and the verdict after each. */
export function checkEngine(file: VectorFile, config: EngineConfig, check: VectorCheck): void {
  file.engine.forEach(({ events, snapshots }, i) => {
    const replay = createReplay();
    snapshots.forEach((expected, j) => {
      const event = events[j];
      if (!event) return;
      const path = `engine[${i}].events[${j}]`;
      try {
        const { verdict } = replayEvent(replay, eventOf(event, file.meta.scores), config);
        checkSnapshot(`engine[${i}].snapshots[${j}]`, expected, replay, verdict, config, check);
      } catch (error) {
        throw new Error(`vectors: ${path}: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    });
  });
}
