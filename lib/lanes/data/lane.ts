import type { Gear } from '@/lib/domain/gear';
import { explainLane } from '@/lib/domain/lane/explain';
import { decodeLane, type EncodedLane } from '@/lib/domain/lane/lane-state';
import { decayTo } from '@/lib/domain/trust/decay';
import { fadedBar, fadedTrust } from '@/lib/domain/trust/fading';
import { fitPooling, MOSTLY_BORROWED, pooledScore } from '@/lib/domain/trust/pooling';
import { summarize } from '@/lib/domain/trust/trust-summary';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { policyOf, rulesFor } from '@/lib/projection/rules';
import { type BarProgress, type ChartWeek, LANE_MOVES, type LanePage } from '../types';
import { listCells } from './cells';
import { listEvidence } from './evidence';
import { listMoves } from './moves';
import { namesOf } from './names';
import { listRecommendations, withoutRow } from './waiting';

const DAY_MS = 86_400_000;
const CHART_WEEKS = 78;

/** Everything the lane's page shows; null when there is no such lane. Costs the same whatever the lane's history. */
export async function getLane(
  orgId: OrgId,
  organisation: LanePage['organisation'],
  team: string,
  category: string,
  now: Date,
): Promise<LanePage | null> {
  return inOrg(orgId, async (tx) => {
    const [cell] = await listCells(tx, orgId, now, { team, category });
    const row = await tx.lane.findUnique({
      where: { orgId_team_category: { orgId, team, category } },
      select: { state: true, policyVersion: true, lastObservedAt: true },
    });
    const names = await namesOf(tx, orgId);
    const column = names.categories.find(({ key }) => key === category);
    if (!cell || !row || !column) return null;
    const state = decodeLane(row.state as unknown as EncodedLane);
    const policy = await policyOf(tx, orgId);
    const rules = rulesFor(policy, column);
    const pool = await poolOf(tx, orgId, team, category, now);
    const score = pool && pooledScore(pool.sums, pool.priorMean, pool.strength);
    const ownScore = score && score.priorShare <= MOSTLY_BORROWED ? score.score : null;
    const summary = summarize(state.engine, rules.engine, ownScore);
    const faded = cell.idleSince ? fadedTrust(summary.next, summary.fading, now.getTime() / DAY_MS) : null;
    const recommendations = await listRecommendations(
      tx,
      orgId,
      names,
      policy,
      { team, category, status: 'open' },
      { take: 1, now },
    );
    return {
      organisation,
      team: { slug: team, name: names.team(team) },
      category: column,
      cell,
      reasons: explainLane(state, summary, rules, faded).reasons,
      score: score && {
        at: now.toISOString(),
        value: score.score,
        low: score.low,
        high: score.high,
        ownCount: pool.sums.weight,
        priorShare: score.priorShare,
        otherLanes: pool.otherLanes,
      },
      epoch: summary.epoch,
      notClean: summary.notCleanInEpoch,
      inGear: state.engine.inGear,
      minInGear: policy.minInGear,
      bars: summary.bars.map(
        (bar): BarProgress => ({
          ...bar,
          needed: bar.evidenceNeeded,
          met: bar.isProven,
          now: fadedBar(bar, cell.fadedDays, ownScore),
        }),
      ),
      failsToDemote: summary.barDetector?.failuresToAlarm ?? null,
      failsToTighten: summary.driftDetector?.failuresToAlarm ?? null,
      weeks: await listWeeks(tx, orgId, team, category, pool),
      incidents: await listIncidents(tx, orgId, team, category),
      moves: await listMoves(tx, orgId, names, { team, category }, LANE_MOVES),
      recommendation: recommendations[0] ? withoutRow(recommendations[0]) : null,
      evidence: await listEvidence(tx, orgId, team, category, state, policy.maturityDays, now),
      policyVersion: row.policyVersion,
      lastObservedAt: row.lastObservedAt?.toISOString() ?? null,
    };
  });
}

type Pool = {
  sums: { scores: number; weight: number };
  priorMean: number;
  strength: number;
  otherLanes: number;
};

/** The prior that the organisation's other lanes give this one. Reads three numbers a lane. */
async function poolOf(tx: Tx, orgId: OrgId, team: string, category: string, now: Date): Promise<Pool | null> {
  const rows = await tx.lane.findMany({
    where: { orgId },
    select: { team: true, category: true, decayedScore: true, decayedCount: true, decayedAt: true },
  });
  const today = now.getTime() / DAY_MS;
  const lanes = rows.map((row) => {
    const at = row.decayedAt && Math.min(today, row.decayedAt.getTime() / DAY_MS);
    const { scores, weight } =
      at === null
        ? { scores: 0, weight: 0 }
        : decayTo({ scores: row.decayedScore, weight: row.decayedCount, at }, today);
    return { team: row.team, category: row.category, scores, weight };
  });
  const index = lanes.findIndex((lane) => lane.team === team && lane.category === category);
  const lane = lanes[index];
  const { strength, priorMeans } = fitPooling(lanes);
  const priorMean = priorMeans[index];
  if (!lane || priorMean === undefined) return null;
  const otherLanes = lanes.filter((other) => other !== lane && other.weight > 0).length;
  return { sums: lane, priorMean, strength, otherLanes };
}

async function listWeeks(
  tx: Tx,
  orgId: OrgId,
  team: string,
  category: string,
  pool: Pool | null,
): Promise<ChartWeek[]> {
  const rows = await tx.laneWeek.findMany({
    where: { orgId, team, category },
    orderBy: { week: 'desc' },
    take: CHART_WEEKS,
  });
  return rows.reverse().map((row) => {
    const { score, low, high } = pooledScore(
      { scores: row.decayedScore, weight: row.decayedCount },
      pool?.priorMean ?? 0.5,
      pool?.strength ?? 10,
    );
    return {
      week: row.week.toISOString().slice(0, 10),
      score,
      low,
      high,
      proven: row.proven,
      gear: row.gear as Gear,
      decided: row.decidedCount,
      reviewed: row.reviewedCount,
    };
  });
}

async function listIncidents(
  tx: Tx,
  orgId: OrgId,
  team: string,
  category: string,
): Promise<LanePage['incidents']> {
  const charges = await tx.charge.findMany({
    where: { orgId, team, category, severity: { not: null } },
    orderBy: { at: 'desc' },
    take: 30,
  });
  const incidents = await tx.incident.findMany({
    where: { orgId, ref: { in: charges.map(({ key }) => key) } },
    select: { ref: true, title: true, severity: true },
  });
  const byRef = new Map(incidents.map((incident) => [incident.ref, incident]));
  return charges.map(({ key, at, taskRef }) => ({
    ref: key,
    title: byRef.get(key)?.title ?? null,
    severity: byRef.get(key)?.severity ?? null,
    at: at.toISOString(),
    taskRef,
  }));
}
