import { betaQuantile } from './beta';

/** A lane as pooling sees it: its task category and its decayed sums (0 <= scores <= weight). */
export type PoolingLane = { readonly category: string; readonly scores: number; readonly weight: number };

/** The displayed score of a lane: a Beta(a, b) whose mean is the score, with its central 90 % interval. */
export type PooledScore = {
  /** Score expected before looking at the lane itself, in [0.01, 0.99]. */
  readonly priorMean: number;
  readonly a: number;
  readonly b: number;
  /** Displayed score a / (a+b), in (0,1). */
  readonly score: number;
  /** 5 % and 95 % quantiles of Beta(a, b). */
  readonly low: number;
  readonly high: number;
  /** Share of the score that comes from the other lanes, strength / (strength + weight), in (0,1]. */
  readonly priorShare: number;
};

/** How far lanes resemble each other, fitted over an organisation. */
/** A score of which other lanes give more than this says little about the lane itself: nothing is foretold from it. */
export const MOSTLY_BORROWED = 0.75;

export type PoolingFit = {
  /** Weight of the prior, in tasks: 2 (lanes differ wildly) to 50 (lanes are alike); 10 when there is too little to tell. */
  readonly strength: number;
  /** Estimated correlation of outcomes within a lane, before clipping; null when there is too little to tell. */
  readonly gamma: number | null;
  /** Prior mean of each lane, in the order given. */
  readonly priorMeans: readonly number[];
};

type Sums = { scores: number; weight: number };

const CATEGORY_PULL = 10;
const DEFAULT_STRENGTH = 10;
const FEWEST_LANES = 3;

function clip(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function sumsByCategory(lanes: readonly PoolingLane[]): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const lane of lanes) {
    const sum = sums.get(lane.category) ?? { scores: 0, weight: 0 };
    sums.set(lane.category, { scores: sum.scores + lane.scores, weight: sum.weight + lane.weight });
  }
  return sums;
}

/** A lane's prior mean: its category's other lanes, drawn towards the organisation's other lanes by the weight of ten tasks. */
function priorMeansOf(lanes: readonly PoolingLane[]): number[] {
  const categories = sumsByCategory(lanes);
  let scores = 0;
  let weight = 0;
  for (const lane of lanes) {
    scores += lane.scores;
    weight += lane.weight;
  }
  return lanes.map((lane) => {
    const category = categories.get(lane.category) ?? lane;
    const organisation = (scores - lane.scores + 1) / (weight - lane.weight + 2);
    const others = category.scores - lane.scores + CATEGORY_PULL * organisation;
    return clip(others / (category.weight - lane.weight + CATEGORY_PULL), 0.01, 0.99);
  });
}

/** Method of moments: how much lanes scatter about their priors beyond what chance alone explains. */
function gammaOf(lanes: readonly PoolingLane[], priorMeans: readonly number[]): number | null {
  let eligible = 0;
  let excess = 0;
  let room = 0;
  lanes.forEach(({ scores, weight }, i) => {
    const mean = priorMeans[i];
    if (mean === undefined || weight < 1) return;
    const variance = mean * (1 - mean);
    eligible += 1;
    excess += weight * (scores / weight - mean) ** 2 - variance;
    room += variance * (weight - 1);
  });
  return eligible < FEWEST_LANES || room <= 0 ? null : excess / room;
}

/**
 * Fits the prior of every lane from all the others (empirical Bayes, leave-one-out means, one strength for all).
 * One pass over the lanes. A lane's own outcomes never enter its own prior mean.
 */
export function fitPooling(lanes: readonly PoolingLane[]): PoolingFit {
  const priorMeans = priorMeansOf(lanes);
  const gamma = gammaOf(lanes, priorMeans);
  const strength = gamma === null ? DEFAULT_STRENGTH : 1 / clip(gamma, 1 / 51, 1 / 3) - 1;
  return { strength, gamma, priorMeans };
}

/** A lane's displayed score: Beta(strength mu + scores, strength (1-mu) + weight - scores). Without outcomes, its prior. */
export function pooledScore(
  lane: Omit<PoolingLane, 'category'>,
  priorMean: number,
  strength: number,
): PooledScore {
  const a = strength * priorMean + lane.scores;
  const b = strength * (1 - priorMean) + lane.weight - lane.scores;
  return {
    priorMean,
    a,
    b,
    score: a / (a + b),
    low: betaQuantile(0.05, a, b),
    high: betaQuantile(0.95, a, b),
    priorShare: strength / (strength + lane.weight),
  };
}

/** The displayed scores of all lanes of an organisation, in the order given, and the fit they rest on. */
export function poolScores(
  lanes: readonly PoolingLane[],
): PoolingFit & { readonly lanes: readonly PooledScore[] } {
  const fit = fitPooling(lanes);
  return {
    ...fit,
    lanes: lanes.map((lane, i) => pooledScore(lane, fit.priorMeans[i] ?? Number.NaN, fit.strength)),
  };
}
