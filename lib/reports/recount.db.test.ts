import { expect, it } from 'vitest';
import type { ReportContent } from '@/lib/domain/report/content';
import { inOrg } from '@/lib/platform/db';
import { seedSample } from '@/lib/sample/seed-sample';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';

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

it('the numbers of the sample’s reports are those of a recount from its events', {
  timeout: 240_000,
}, async () => {
  const clock = aClock(Date.UTC(2026, 10, 26, 12));
  const { orgId } = await seedSample(clock, () => {});
  const { events, reports, moves } = await inOrg(orgId, async (tx) => ({
    events: (await tx.event.findMany({ where: { orgId }, orderBy: { time: 'asc' } })) as unknown as Event[],
    reports: await tx.report.findMany({ where: { orgId }, orderBy: { week: 'asc' } }),
    moves: await tx.loggedMove.findMany({ where: { orgId }, orderBy: [{ at: 'asc' }, { ordinal: 'asc' }] }),
  }));
  const tasks = [...recount(events).values()];
  expect(reports.length).toBe(8 * 9);
  for (const { team, week, content } of reports) {
    const report = content as unknown as ReportContent;
    const [from, to] = [Date.parse(report.from), Date.parse(report.to)];
    const decided = tasks.filter(
      (task) =>
        task.decidedAt !== null &&
        task.decidedAt >= from &&
        task.decidedAt < to &&
        (team === '' || task.team === team),
    );
    const ofAgents = decided.filter(({ agent }) => agent);
    const { adoption, gears, lanes } = report;
    expect({ ...adoption, byAgent: 0, review: 0 }, `${week} ${team}`).toEqual({
      decided: ofAgents.length,
      reviewed: ofAgents.filter(isReviewed).length,
      merged: ofAgents.filter(({ merged }) => merged).length,
      withoutAgent: decided.length - ofAgents.length,
      byAgent: 0,
      review: 0,
    });
    const gearOf = new Map(lanes.map((lane) => [`${lane.team.slug}/${lane.category.slug}`, 'crawl']));
    for (const move of moves.filter(
      (one) => one.at.getTime() < to && gearOf.has(`${one.team}/${one.category}`),
    ))
      gearOf.set(`${move.team}/${move.category}`, move.toGear);
    const count = (gear: string) => [...gearOf.values()].filter((one) => one === gear).length;
    expect(gears, `${week} ${team}`).toEqual({
      crawl: count('crawl'),
      walk: count('walk'),
      run: count('run'),
    });
    expect(report.moves.length).toBe(
      moves.filter(
        (one) => one.at.getTime() >= from && one.at.getTime() < to && (team === '' || one.team === team),
      ).length,
    );
  }
});
