import { expect, it } from 'vitest';
import type { EvidenceNote } from '@/lib/domain/lane/evidence-note';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { inOrg } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { getDecisions } from './data/list';
import type { DecisionFilters } from './types';

aTestDatabase();

const HOUR_MS = 3_600_000;
const now = new Date(STORY_START + 1_000 * HOUR_MS);

/** What the reasons are said from when they are read. */
const EVIDENCE: EvidenceNote = {
  epoch: 1,
  matured: 40,
  notClean: 0,
  pending: 0,
  proven: 0.9,
  evidence: 25,
  needed: 20,
  bar: 0.9,
};

type Told = { team?: string; openedAt?: number; closedAt?: number; status?: string };

/** Recommendations by the hours at which they opened and closed; what people closed is kept as they read it. */
async function recommended({ orgId }: TestOrganisation, told: readonly Told[]): Promise<void> {
  const at = (hour: number) => new Date(STORY_START + hour * HOUR_MS);
  const rows = told.map(({ team = 'payments', openedAt = 0, closedAt, status = 'accepted' }) => ({
    orgId,
    id: newId(),
    team,
    category: 'tests',
    fromGear: 'crawl',
    toGear: 'walk',
    status: closedAt === undefined ? 'open' : status,
    openedAt: at(openedAt),
    closedAt: closedAt === undefined ? null : at(closedAt),
    reasons: [],
    approvals: [],
    evidence: EVIDENCE,
    policyVersion: 1,
  }));
  const decided = rows.flatMap(({ closedAt, ...row }) =>
    closedAt && row.status !== 'withdrawn' ? [{ ...row, closedAt, decisions: [] }] : [],
  );
  await inOrg(orgId, async (tx) => {
    await tx.recommendation.createMany({ data: rows });
    await tx.decidedRecommendation.createMany({ data: decided });
  });
}

/** Gear moves of one team, at these hours; else all but the last few at instants of their own. */
async function moved(
  { orgId }: TestOrganisation,
  count: number,
  team = 'payments',
  hours: readonly number[] = [],
): Promise<void> {
  await inOrg(orgId, (tx) =>
    tx.loggedMove.createMany({
      data: Array.from({ length: count }, (_, index) => ({
        orgId,
        id: newId(),
        team,
        category: index % 2 === 0 ? 'tests' : 'docs',
        at: new Date(STORY_START + (hours[index] ?? Math.min(index, count - 5)) * HOUR_MS),
        ordinal: index,
        fromGear: 'crawl',
        toGear: 'walk',
        kind: 'accepted',
        reason: `${team} ${index}`,
        people: [],
        evidence: {},
        policyVersion: 1,
        since: new Date(STORY_START),
      })),
    }),
  );
}

const decisions = ({ orgId, owner }: TestOrganisation, filters: DecisionFilters = {}) =>
  getDecisions(orgId, owner.actor, filters, now);

/** All of a list, page by page. */
async function walk<Item>(
  page: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
) {
  const pages: Item[][] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await page(cursor);
    pages.push(items);
    if (nextCursor === null) return pages;
    cursor = nextCursor;
  }
}

it('what was declined or withdrawn comes by the page, the last that was closed first, and all are counted', async () => {
  const org = await anOrganisation({ clock: aClock(STORY_START) });
  const told = Array.from({ length: 45 }, (_, index) => ({
    openedAt: 50 - index,
    closedAt: 60 + (index >> 1),
    status: 'declined',
  }));
  await recommended(org, [
    ...told,
    {},
    { closedAt: 70 },
    { team: 'search', closedAt: 500, status: 'withdrawn' },
  ]);
  const pages = await walk(async (closed) => (await decisions(org, { closed })).closed);
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 10, 10, 6]);
  const all = pages.flat();
  expect(new Set(all.map(({ id }) => id)).size).toBe(46);
  expect(all.map(({ closedAt }) => closedAt)).toEqual(
    all
      .map(({ closedAt }) => closedAt)
      .toSorted()
      .reverse(),
  );
  expect(all[0]).toMatchObject({ status: 'withdrawn' });
  expect((await decisions(org)).closed.total).toBe(46);
  expect((await decisions(org, { team: 'search' })).closed).toMatchObject({ total: 1, nextCursor: null });
});

it('the gear log comes by the page, also where many moves share an instant', async () => {
  const org = await anOrganisation({ clock: aClock(STORY_START) });
  await moved(org, 43);
  await moved(org, 5, 'search');
  const pages = await walk(async (log) => (await decisions(org, { log })).moves);
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 10, 10, 8]);
  expect(new Set(pages.flat().map(({ reason }) => reason)).size).toBe(48);
  const ofTeam = await walk(async (log) => (await decisions(org, { team: 'payments', log })).moves);
  expect(ofTeam.map(({ length }) => length)).toEqual([10, 10, 10, 10, 3]);
  expect((await decisions(org)).moves.total).toBe(48);
  expect((await decisions(org, { team: 'search' })).moves.total).toBe(5);
});

it('what was decided a moment ago keeps its place, and is not counted as waiting', async () => {
  const org = await anOrganisation({ clock: aClock(STORY_START) });
  await recommended(org, [
    { openedAt: 3 },
    { openedAt: 2, closedAt: 999.9 },
    { openedAt: 1.5, closedAt: 999.95, status: 'declined', team: 'search' },
    { openedAt: 1, closedAt: 999.9, status: 'withdrawn', team: 'growth' },
    { openedAt: 0.5 },
    { closedAt: 999 },
  ]);
  await moved(org, 1, 'payments', [999.9]);
  await moved(org, 1, 'search', [999.9]);
  const { waiting, moves, closed } = await decisions(org);
  expect(waiting.items.map(({ status }) => status)).toEqual(['open', 'accepted', 'declined', 'open']);
  expect(waiting.total).toBe(2);
  expect(moves.total, 'the log has every move at once').toBe(2);
  expect(closed).toMatchObject({ total: 1, items: [{ status: 'withdrawn' }] });
});

it('a move of the log leads to the recommendation that was accepted', async () => {
  const org = await anOrganisation({ clock: aClock(STORY_START) });
  await recommended(org, [{ closedAt: 7 }, { closedAt: 7, team: 'search', status: 'withdrawn' }]);
  await moved(org, 2, 'payments', [7, 8]);
  await moved(org, 1, 'search', [7]);
  const { moves } = await decisions(org);
  const [{ id } = { id: '' }] = await inOrg(org.orgId, (tx) =>
    tx.recommendation.findMany({ where: { status: 'accepted' } }),
  );
  const linked = moves.items.map(({ team, recommendationId }) => [team, recommendationId]);
  expect(linked).toEqual([
    ['payments', null],
    ['search', null],
    ['payments', id],
  ]);
});

it('what waits comes by the page, the latest first', async () => {
  const org = await anOrganisation({ clock: aClock(STORY_START) });
  await recommended(
    org,
    Array.from({ length: 12 }, (_, index) => ({ team: `team-${index}`, openedAt: index })),
  );
  const pages = await walk(async (waiting) => (await decisions(org, { waiting })).waiting);
  expect(pages.map((items) => items.map(({ team }) => team))).toEqual([
    Array.from({ length: 10 }, (_, index) => `team-${11 - index}`),
    ['team-1', 'team-0'],
  ]);
});

it('a cursor that somebody made up is refused', async () => {
  const org = await anOrganisation({ clock: aClock(STORY_START) });
  const made = Buffer.from('[0,"x"]').toString('base64url');
  for (const list of ['waiting', 'log', 'closed'])
    await expect(decisions(org, { [list]: made })).rejects.toMatchObject({ code: 'bad_request' });
});
