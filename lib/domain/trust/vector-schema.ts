import { z } from 'zod';
import { BET_FRACTIONS, isBar, LADDER, LOSS_FRACTIONS, SCORE_HALF_LIFE_DAYS } from './constants';
import { isSeverity, OUTCOME_SCORES } from './severity';

/*
 * The form of a file of test vectors: sections of inputs with the outputs expected. Floating-point numbers are compared to 1e-9;
 * in a logarithm's place null stands for -Infinity.
 */

const log = z.number().nullable();
const count = z.int().min(0);
const countOrNull = count.nullable();
const score = z.number().min(0).max(1);
const bar = z.coerce.number().refine(isBar, 'is not a bar of the ladder');
const byBar = z.record(
  z.string().refine((key) => isBar(Number(key)), 'is not a bar of the ladder'),
  countOrNull,
);
const gear = z.enum(['crawl', 'walk', 'run']);
const severity = z.string().refine(isSeverity, 'is not a severity');

const meta = z.object({
  U: z.array(z.number()).length(BET_FRACTIONS.length).optional(),
  PI: z.array(z.number()).length(BET_FRACTIONS.length).optional(),
  V: z.array(z.number()).length(LOSS_FRACTIONS.length).optional(),
  ladder: z.array(z.number()).length(LADDER.length).optional(),
  block: count.optional(),
  alpha: z.number().gt(0).lt(1).optional(),
  scores: z.record(z.string(), score).default({ ...OUTCOME_SCORES, reverted: 0 }),
  severity: z.record(severity, z.object({ extra: z.number(), loss: z.number() })).optional(),
  engine: z
    .object({
      maturityDays: z.number().min(0).optional(),
      barWalk: bar.optional(),
      barRun: bar.optional(),
      minInGear: count.optional(),
      A_demote: z.number().gt(1).optional(),
      A_drift: z.number().gt(1).optional(),
      tightenClear: z.int().min(1).optional(),
    })
    .optional(),
});

function sameLength(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length;
}

const evidence = { logE: z.array(log).length(LADDER.length), start: count, proven: z.number().nullable() };

const promotion = z
  .object({
    x: z.array(score),
    checkpoints: z.array(
      z.object({
        after: count,
        ...evidence,
        clean80: countOrNull,
        clean90: countOrNull,
        clean95: countOrNull,
      }),
    ),
    firstCross: byBar,
  })
  .refine(({ x, checkpoints }) => checkpoints.every(({ after }) => after >= 1 && after <= x.length), {
    path: ['checkpoints'],
    error: 'must stand after one of the tasks in x',
  });

const afterOp = { ...evidence, epoch: count, n: count, logThr: z.number() };
const promotionOp = z.discriminatedUnion('op', [
  z.object({ op: z.literal('matured'), t: z.number(), x: score, extra: count, ...afterOp }),
  z.object({ op: z.literal('reverse'), xOld: score, xNew: score, extra: count, ...afterOp }),
  z.object({ op: z.literal('newEpoch'), ...afterOp }),
]);

const detector = z.object({
  l0: z.number().gt(0).lt(1),
  A: z.number().gt(1),
  ops: z.array(
    z.object({
      op: z.enum(['step', 'late']),
      loss: z.number().min(0),
      logR: log,
      alarm: z.boolean(),
      failsToAlarm: countOrNull,
    }),
  ),
});

const decay = z
  .object({
    halfLifeDays: z.literal(SCORE_HALF_LIFE_DAYS, `must be ${SCORE_HALF_LIFE_DAYS}, the half-life in use`),
    events: z.array(
      z.union([z.tuple([z.number(), score]), z.tuple([z.number(), z.literal('revise'), count, score])]),
    ),
    after: z.array(z.object({ S: z.number(), N: z.number() })),
  })
  .refine(({ events, after }) => sameLength(events, after), {
    path: ['after'],
    error: 'must be as long as events',
  });

const pooling = z
  .object({
    cells: z.array(z.object({ cat: z.string(), s: z.number().min(0), n: z.number().min(0) })),
    expect: z.object({
      strength: z.number(),
      gamma: z.number().nullable(),
      cells: z.array(
        z.object({
          priorMean: z.number(),
          a: z.number(),
          b: z.number(),
          score: z.number(),
          lo: z.number(),
          hi: z.number(),
        }),
      ),
    }),
  })
  .refine(({ cells, expect }) => sameLength(cells, expect.cells), {
    path: ['expect', 'cells'],
    error: 'must be as long as cells',
  });

const calibration = z.object({
  pairs: z.array(z.tuple([score, score])),
  brier: z.number().nullable(),
  logLoss: z.number().nullable(),
  ece: z.number().nullable(),
  bins: z.array(z.tuple([count, z.number(), z.number()])).length(10),
});

const engineEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('review'), t: z.number(), task: z.string(), outcome: z.string() }),
  z.object({ type: z.literal('revert'), t: z.number(), task: z.string() }),
  z.object({ type: z.literal('incident'), t: z.number(), task: z.string(), sev: severity }),
  z.object({ type: z.literal('accept'), t: z.number(), gear }),
]);

const snapshot = z.object({
  gear,
  rec: z.string(),
  epoch: count,
  matured: count,
  nEpoch: count,
  start: count,
  logE_walk: log,
  logE_run: log,
  logThr: z.number(),
  proven: z.number().nullable(),
  tight: z.boolean(),
  logR_demote: log,
  logR_drift: log,
  pref: z.number().nullable(),
  cleanToWalk: countOrNull,
  cleanToRun: countOrNull,
  cleanToWalkAfterPending: countOrNull,
  cleanToRunAfterPending: countOrNull,
});

/** A file of test vectors. A section may be missing; one that is not known is refused, for it would go unchecked. */
export const vectorFileSchema = z.strictObject({
  meta: meta.prefault({}),
  weights: z.array(z.object({ b: z.int().min(1), w: z.number(), logThrEpoch: z.number() })).default([]),
  betFactor: z.array(z.object({ u: z.number(), x: score, m: z.number().gt(0), k: z.number() })).default([]),
  promotion: z.array(promotion).default([]),
  promotionOps: z.array(z.object({ ops: z.array(promotionOp) })).default([]),
  epochClean: z.array(z.object({ epoch: z.int().min(1), clean: byBar })).default([]),
  detector: z.array(detector).default([]),
  decay: decay.optional(),
  pooling: z.array(pooling).default([]),
  betaQuantile: z
    .array(z.object({ a: z.number().gt(0), b: z.number().gt(0), q: z.number().gt(0).lt(1), x: z.number() }))
    .default([]),
  expectedTasks: z
    .array(z.object({ p: score, m: z.number(), logE: z.number(), logThr: z.number(), tasks: countOrNull }))
    .default([]),
  calibration: calibration.optional(),
  engine: z
    .array(
      z
        .object({ events: z.array(engineEvent), snapshots: z.array(snapshot) })
        .refine(({ events, snapshots }) => sameLength(events, snapshots), {
          path: ['snapshots'],
          error: 'must be as long as events',
        }),
    )
    .default([]),
});

/** A parsed file of test vectors. */
export type VectorFile = z.infer<typeof vectorFileSchema>;
