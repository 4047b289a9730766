import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { ReportContent } from '@/lib/domain/report/content';
import { documentOf } from '@/lib/domain/report/document';
import { addWeeks, weekAt } from '@/lib/domain/report/iso-week';
import type { DueReport } from '@/lib/domain/report/plan';
import { collectImport } from '@/lib/importing/testing/import-files';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { projectAll } from '@/lib/projection/projector';
import { seedSample } from '@/lib/sample/seed-sample';
import { countTasks } from '@/lib/tasks/data/list';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { freezeReports } from './mutations/freeze';

aTestDatabase();

/** What was reported of a task, read from its events here and nowhere else. */
type Told = {
  team: string;
  agent: boolean;
  requester: string;
  /** Since when somebody had written part of it. */
  writers: Map<string, number>;
  decidedAt: number | null;
  merged: boolean;
  verdicts: { by: string; at: number; kind: string }[];
};

type Event = { type: string; time: Date; data: Data };
type Actor = { login: string; kind?: string };
type Data = {
  task?: {
    ref: string;
    team?: string;
    agent?: { key: string };
    requester?: Actor;
    authors?: Actor[];
    headSha?: string;
  };
  by?: Actor;
  review?: { ref: string; reviewer?: Actor; verdict?: string };
};

const nameOf = (actor: Actor) => actor.login.toLowerCase().replace(/^@/, '');
const isMachine = ({ login, kind }: Actor) =>
  kind === 'bot' || kind === 'agent' || /\[bot\]$|^app\/|-bot$/.test(login);

function writes({ writers }: Told, who: string, at: number): void {
  writers.set(who, Math.min(writers.get(who) ?? at, at));
}

function recount(events: readonly Event[]): Map<string, Told> {
  const tasks = new Map<string, Told>();
  for (const { type, time, data } of events) {
    if (!data.task) continue;
    const told: Told = tasks.get(data.task.ref) ?? {
      team: '',
      agent: false,
      requester: '',
      writers: new Map(),
      decidedAt: null,
      merged: false,
      verdicts: [],
    };
    tasks.set(data.task.ref, told);
    const at = time.getTime();
    if (data.task.team) told.team = data.task.team.toLowerCase().replaceAll(' ', '-');
    if (data.task.agent) told.agent = true;
    if (data.task.requester) told.requester = nameOf(data.task.requester);
    for (const author of data.task.authors ?? []) writes(told, nameOf(author), at);
    if (type === 'dev.gait.task.updated.v1' && data.task.headSha && data.by)
      writes(told, nameOf(data.by), at);
    if (type === 'dev.gait.task.merged.v1' || type === 'dev.gait.task.closed.v1') {
      told.decidedAt ??= at;
      told.merged ||= type === 'dev.gait.task.merged.v1';
    }
    if (data.review?.reviewer && data.review.verdict !== 'commented' && !isMachine(data.review.reviewer))
      told.verdicts.push({ by: nameOf(data.review.reviewer), at, kind: data.review.verdict ?? '' });
  }
  return tasks;
}

const isReviewed = ({ verdicts, requester, writers, decidedAt }: Told) =>
  verdicts.some(
    ({ by, at }) =>
      by !== requester && (writers.get(by) ?? Number.POSITIVE_INFINITY) > at && at <= (decidedAt ?? 0),
  );

/** All reports of an organisation against its events, as they are stored. @returns how many reports were compared */
async function expectRecounted(orgId: OrgId): Promise<number> {
  const { events, reports, moves } = await inOrg(orgId, async (tx) => ({
    events: (await tx.event.findMany({ where: { orgId }, orderBy: { time: 'asc' } })) as unknown as Event[],
    reports: await tx.report.findMany({ where: { orgId }, orderBy: { week: 'asc' } }),
    moves: await tx.loggedMove.findMany({ where: { orgId }, orderBy: [{ at: 'asc' }, { ordinal: 'asc' }] }),
  }));
  const tasks = [...recount(events).values()];
  for (const { team, week, content } of reports) {
    const report = content as unknown as ReportContent;
    const [from, to] = [Date.parse(report.from), Date.parse(report.to)];
    const isIn = (at: number | null) => at !== null && at >= from && at < to;
    const decided = tasks.filter((task) => isIn(task.decidedAt) && (team === '' || task.team === team));
    const ofAgents = decided.filter(({ agent }) => agent);
    expect({ ...report.adoption, byAgent: 0, review: 0 }, `${week} ${team}`).toEqual({
      decided: ofAgents.length,
      reviewed: ofAgents.filter(isReviewed).length,
      merged: ofAgents.filter(({ merged }) => merged).length,
      withoutAgent: decided.length - ofAgents.length,
      byAgent: 0,
      review: 0,
    });
    const gearOf = new Map(report.lanes.map((lane) => [`${lane.team.slug}/${lane.category.slug}`, 'crawl']));
    for (const { at, team: of, category, toGear } of moves)
      if (at.getTime() < to && gearOf.has(`${of}/${category}`)) gearOf.set(`${of}/${category}`, toGear);
    const count = (gear: string) => [...gearOf.values()].filter((one) => one === gear).length;
    const gears = { crawl: count('crawl'), walk: count('walk'), run: count('run') };
    expect(report.gears, `${week} ${team}`).toEqual(gears);
    const own = moves.filter((one) => isIn(one.at.getTime()) && (team === '' || one.team === team));
    expect(report.moves.length).toBe(own.length);
  }
  return reports.length;
}

/** Every number that leads to tasks leads to that many. @returns how many numbers were followed */
async function expectExplained(orgId: OrgId): Promise<number> {
  const reports = await inOrg(orgId, (tx) => tx.report.findMany({ where: { orgId } }));
  let followed = 0;
  for (const { team, week, content } of reports) {
    const { sections } = documentOf(content as unknown as ReportContent);
    for (const { text, link } of sections.flatMap(({ table }) => table?.rows.flat() ?? [])) {
      if (link?.to !== 'tasks') continue;
      const { to: _, ...filters } = link;
      expect(await countTasks(orgId, filters), `${week} ${team} ${JSON.stringify(filters)}`).toBe(
        Number(text.replaceAll(',', '')),
      );
      followed += 1;
    }
  }
  return followed;
}

it('the numbers of the sample’s reports are those of a recount from its events', {
  timeout: 240_000,
}, async () => {
  const { orgId } = await seedSample(aClock(Date.UTC(2026, 10, 26, 12)), () => {});
  expect(await expectRecounted(orgId)).toBe(8 * 9);
  expect(await expectExplained(orgId)).toBeGreaterThan(500);
});

const AIDEV = resolve(process.cwd(), '../shared/data/aidev');
const isThere = existsSync(join(AIDEV, 'ground_truth.json'));
if (!isThere)
  process.stderr.write(`The AIDev tables are not in ${AIDEV}: the recount of their reports is skipped.\n`);

it.skipIf(!isThere)('so are those of real pull requests', { timeout: 240_000 }, async () => {
  const clock = aClock(Date.UTC(2026, 10, 26, 12));
  const org = await anOrganisation({ clock });
  const { events } = await collectImport({
    files: ['codex', 'cursor', 'claude_code'].map((agent) => join(AIDEV, `${agent}_pull_requests.csv`)),
    mapping: 'aidev',
    team: 'AIDev',
  });
  await theRecord(org.ctx, events);
  await projectAll(clock);
  let week = weekAt(Date.UTC(2025, 3, 28), 'UTC');
  const due: DueReport[] = [];
  for (let n = 0; n < 20; n += 1, week = addWeeks(week, 1))
    for (const team of ['', 'aidev']) due.push({ team, week, zone: 'UTC' });
  expect(await freezeReports(org.ctx, due)).toEqual({ frozen: 40, failed: 0 });
  expect(await expectRecounted(org.orgId)).toBe(40);
  const decided = await inOrg(org.orgId, (tx) =>
    tx.report.findMany({ where: { team: '' }, select: { content: true } }),
  );
  const sum = decided.reduce(
    (all, { content }) => all + (content as unknown as ReportContent).adoption.decided,
    0,
  );
  expect(sum, 'there is something to count').toBeGreaterThan(1_000);
});
