import { z } from 'zod';
import { DEFAULT_PROTECTED_PATHS, type Risk } from './category';
import type { Gear } from './gear';
import { plural } from './plural';
import { type Bar, isBar } from './trust/constants';

const wholeNumber = z.int('must be a whole number').min(0, 'must not be negative').max(1_000_000);
const share = z.number().min(0, 'must lie between 0 and 1').max(1, 'must lie between 0 and 1');
const bar = z
  .number()
  .refine((value): value is Bar => isBar(value), 'must be one of the levels that evidence is kept for');

const gearRuleSchema = z.strictObject({
  /** Largest change allowed: files touched, and lines added plus lines removed. */
  maxFiles: wholeNumber.min(1, 'must be at least 1'),
  maxLines: wholeNumber.min(1, 'must be at least 1'),
  /** Independent approvals that every change needs before its merge. */
  approvals: wholeNumber.max(10),
  greenCi: z.boolean(),
  /** Approvals that a change of protected paths needs; null = forbidden. */
  protectedApprovals: wholeNumber.min(1).max(10).nullable(),
  /** Least context readiness, in [0,1]. */
  contextReadiness: share,
});

/** What a policy document holds. Refuses one that the guarantees of the trust engine would not hold for. */
export const policySchema = z
  .strictObject({
    version: wholeNumber.min(1, 'must be at least 1'),
    gears: z.strictObject({ crawl: gearRuleSchema, walk: gearRuleSchema, run: gearRuleSchema }),
    /** Levels to be proven, in [0,1]. `runHighRisk` is that of run where risk is high. */
    bars: z.strictObject({ walk: bar, run: bar, runHighRisk: bar }),
    /** People who must accept a promotion into the gear. */
    approvalsNeeded: z.strictObject({
      walk: wholeNumber.min(1, 'must be at least 1').max(10),
      run: wholeNumber.min(1, 'must be at least 1').max(10),
    }),
    /** Patterns of paths, such as `src/auth/*`; see fitsPattern. */
    protectedPaths: z.array(z.string().min(1).max(200)).max(200),
    /** Share of the changes in run that is drawn at random for review after the merge, in [0.1,1]. */
    sampleShareInRun: z.number().min(0.1, 'must be at least 0.1').max(1, 'must be at most 1'),
    /** Tasks that must mature in a gear above crawl before the next one. */
    minInGear: wholeNumber,
    maturityDays: wholeNumber.max(365),
    /** A lane above crawl is stale with fewer than `staleMin` matured tasks in `staleDays` days. */
    staleDays: wholeNumber.min(1, 'must be at least 1').max(3650),
    staleMin: wholeNumber,
    /** Clean reviews in a row that end a tightening. */
    tightenClear: wholeNumber.min(1, 'must be at least 1'),
    /** Mean reviewed tasks between false alarms, at least: of a demotion, of a tightening. */
    aDemote: wholeNumber.min(2, 'must be at least 2'),
    aDrift: wholeNumber.min(2, 'must be at least 2'),
  })
  .refine(({ bars }) => bars.walk <= bars.run && bars.run <= bars.runHighRisk, {
    message: 'must rise: walk, run, run where risk is high',
    path: ['bars'],
  })
  .refine(({ gears: { crawl, walk, run } }) => isRising(crawl, walk) && isRising(walk, run), {
    message: 'must not allow larger changes in a lower gear',
    path: ['gears'],
  });

type Size = { maxFiles: number; maxLines: number };

function isRising(lower: Size, higher: Size): boolean {
  return lower.maxFiles <= higher.maxFiles && lower.maxLines <= higher.maxLines;
}

/** What each gear means and requires in an organisation; versioned. */
export type Policy = z.infer<typeof policySchema>;

/** Gait's own defaults, version 1. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  gears: {
    crawl: {
      maxFiles: 10,
      maxLines: 400,
      approvals: 1,
      greenCi: false,
      protectedApprovals: null,
      contextReadiness: 0,
    },
    walk: {
      maxFiles: 30,
      maxLines: 1500,
      approvals: 1,
      greenCi: true,
      protectedApprovals: 2,
      contextReadiness: 0.5,
    },
    run: {
      maxFiles: 60,
      maxLines: 3000,
      approvals: 0,
      greenCi: true,
      protectedApprovals: 2,
      contextReadiness: 0.7,
    },
  },
  bars: { walk: 0.8, run: 0.9, runHighRisk: 0.95 },
  approvalsNeeded: { walk: 1, run: 2 },
  protectedPaths: [...DEFAULT_PROTECTED_PATHS],
  sampleShareInRun: 0.2,
  minInGear: 10,
  maturityDays: 14,
  staleDays: 90,
  staleMin: 5,
  tightenClear: 10,
  aDemote: 500,
  aDrift: 200,
};

/** The level to be proven for walk and for run, in [0,1], in work of this risk. */
export function barsFor(policy: Policy, risk: Risk): { walk: Bar; run: Bar } {
  const { walk, run, runHighRisk } = policy.bars;
  return { walk, run: risk === 'high' ? runHighRisk : run };
}

const HOW_THE_AGENT_WORKS: Readonly<Record<Gear, string>> = {
  crawl: 'The agent proposes small changes',
  walk: 'The agent works on a brief',
  run: 'The agent acts inside its scope',
};

function reviewRule(policy: Policy, gear: Gear): string {
  const { approvals, greenCi } = policy.gears[gear];
  const needs = [
    ...(approvals > 0 ? [plural(approvals, 'independent approval')] : []),
    ...(greenCi ? ['green CI'] : []),
  ];
  const rule =
    needs.length > 0
      ? `Every change needs ${needs.join(' and ')} before it is merged.`
      : 'Changes may be merged without waiting for anything.';
  if (gear !== 'run' || approvals > 0) return rule;
  const percent = Math.round(policy.sampleShareInRun * 100);
  return `${rule} A random ${percent} % is reviewed after the merge, and the draw is logged.`;
}

/** What a gear allows under the policy, in plain sentences. */
export function whatGearAllows(policy: Policy, gear: Gear): string[] {
  const { maxFiles, maxLines, protectedApprovals } = policy.gears[gear];
  return [
    `${HOW_THE_AGENT_WORKS[gear]}: at most ${plural(maxFiles, 'file')} and ${plural(maxLines, 'line')} each.`,
    reviewRule(policy, gear),
    protectedApprovals === null
      ? 'Protected paths are forbidden.'
      : `Changes of protected paths need ${plural(protectedApprovals, 'approval')}.`,
  ];
}
