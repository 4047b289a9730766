import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_AGENTS, SHADOW_AGENT } from './agents';
import { generateSample, type Sample } from './generate';
import { type ReadLane, readSample } from './testing';

const DAY_MS = 86_400_000;
const SEED = 'northwind';

/** A Wednesday at noon, a Sunday night, and a leap day before anybody has come to work. */
const ENDS = ['2026-11-25T12:00:00Z', '2027-01-03T23:40:00Z', '2028-02-29T05:10:00Z'];

describe.each(ENDS)('the sample that ends at %s', (end) => {
  const endsAt = Date.parse(end);
  let sample: Sample;
  let read: ReturnType<typeof readSample>;
  const daysSince = (ms: number) => (endsAt - ms) / DAY_MS;

  function lane(key: string): ReadLane {
    const found = read.lanes.get(key);
    if (!found) throw new Error(`There is no lane ${key}.`);
    return found;
  }

  beforeAll(() => {
    sample = generateSample({ seed: SEED, endsAt });
    // Throws when the door refuses an event.
    read = readSample(sample, endsAt);
  }, 30_000);

  it('is eighteen months of work in order of time, up to a moment ago', () => {
    const times = sample.events.map(({ time }) => Date.parse(time));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(daysSince(times[0] ?? 0)).toBeGreaterThan(530);
    expect(endsAt - (times.at(-1) ?? 0)).toBeLessThan(5 * 60_000);
    expect(read.tasks.length).toBeGreaterThan(5_000);
    expect(read.tasks.length).toBeLessThan(7_000);
  });

  it.runIf(end === ENDS[0])('depends on nothing but the seed and the end', () => {
    const again = generateSample({ seed: SEED, endsAt });
    expect(JSON.stringify(again) === JSON.stringify(sample)).toBe(true);
  });

  it('contradicts itself nowhere, and names every event once', () => {
    expect(new Set(sample.events.map(({ source, id }) => `${source} ${id}`)).size).toBe(sample.events.length);
    expect(read.tasks.flatMap(({ task }) => task.anomalies)).toEqual([]);
  });

  it('has all categories, and gears of every kind', () => {
    const lanes = [...read.lanes];
    expect(new Set(lanes.map(([key]) => key.split('/')[1])).size).toBe(11);
    const count = (gear: string) => lanes.filter(([, { summary }]) => summary.gear === gear).length;
    expect(count('run')).toBeGreaterThanOrEqual(7);
    expect(count('run')).toBeLessThanOrEqual(10);
    expect(count('walk')).toBeGreaterThanOrEqual(25);
    expect(count('walk')).toBeLessThanOrEqual(32);
    expect(lanes.length).toBeLessThan(8 * 10);
  });

  it('holds every decision: none was made on a recommendation that did not stand', () => {
    const moves = [...read.lanes.values()].flatMap(({ moves: own }) => own);
    expect(moves.filter(({ kind }) => kind === 'voided')).toEqual([]);
    const accepted = moves.filter(({ kind }) => kind === 'accepted');
    expect(accepted.length).toBeGreaterThan(30);
    for (const { to, people } of accepted) expect(new Set(people).size).toBe(to === 'run' ? 2 : 1);
  });

  it('waits for exactly three decisions, one of them half made', () => {
    const open = [...read.lanes].flatMap(([key, { state }]) =>
      state.recommendation ? [[key, state.recommendation.to, state.recommendation.approvals.length]] : [],
    );
    expect(open.sort()).toEqual([
      ['mobile/refactor', 'walk', 0],
      ['payments/bugfix', 'run', 1],
      ['search/dependencies', 'run', 0],
    ]);
    for (const key of ['mobile/refactor', 'payments/bugfix', 'search/dependencies']) {
      expect(daysSince(lane(key).state.recommendation?.openedAt ?? 0)).toBeLessThan(14);
    }
  });

  it('tells of a lane that earned run, and of one that was let run this week', () => {
    expect(lane('payments/tests').summary).toMatchObject({ gear: 'run', epoch: 1 });
    expect(lane('payments/docs').summary.gear).toBe('run');
    const last = lane('payments/docs').moves.at(-1);
    expect(last).toMatchObject({ kind: 'accepted', to: 'run' });
    expect(daysSince(last?.at ?? 0)).toBeLessThan(7);
  });

  it('tells of a lane that fell after a SEV1 this week and is on its way back', () => {
    const { summary, moves } = lane('identity/bugfix');
    expect(moves.at(-1)).toMatchObject({ kind: 'demoted', from: 'run', to: 'crawl', cause: 'SEV1' });
    expect(daysSince(moves.at(-1)?.at ?? 0)).toBeLessThan(7);
    expect(summary).toMatchObject({ gear: 'crawl', epoch: 2 });
    expect(summary.pending).toBeGreaterThanOrEqual(4);
    expect(summary.next?.cleanNeededAfterPending).toBeLessThan(30);
  });

  it('tells of the way back after a SEV1, of a step down, and of a demotion by the detectors', () => {
    const kinds = lane('checkout/bugfix').moves.map(({ kind, to }) => `${kind} ${to}`);
    expect(kinds).toEqual(['accepted walk', 'demoted crawl', 'accepted walk']);
    expect(lane('infrastructure/chore').moves.at(-1)).toMatchObject({
      kind: 'demoted',
      to: 'walk',
      cause: 'SEV2',
    });
    expect(lane('growth/bugfix').moves.at(-1)).toMatchObject({ kind: 'demoted', cause: 'bar alarm' });
  });

  it('tells of a lane that drifts', () => {
    const { summary, ended, moves } = lane('data-platform/bugfix');
    expect(summary).toMatchObject({ gear: 'walk', tight: true });
    expect(ended.at(-1)).toMatchObject({ end: 'withdrawn' });
    expect(daysSince(moves.at(-1)?.at ?? 0)).toBeLessThan(7);
  });

  it('tells of work that hardly anybody reviews, in one lane and in a whole team', () => {
    const { counts } = lane('checkout/feature').state;
    expect(counts.reviewed / counts.decided).toBeLessThan(0.5);
    expect(lane('checkout/feature').explanation).toMatchObject({ verdict: 'hold' });
    const own = read.tasks.filter(({ team, observation }) => team.slug === 'checkout' && observation);
    const reviewed = own.filter(({ observation }) => observation?.reviewed);
    expect(reviewed.length / own.length).toBeLessThan(0.5);
  });

  it('tells of approvals that nobody can have read', () => {
    const { state, summary, ended } = lane('mobile/docs');
    expect(state.counts.hasty / state.counts.reviewed).toBeGreaterThan(0.6);
    expect(summary.gear).toBe('walk');
    expect(ended.map(({ end: how }) => how)).toContain('declined');
  });

  it('shows an agent that nobody registered, in Growth alone', () => {
    const shadow = read.tasks.filter(({ task }) => task.agent?.key === SHADOW_AGENT.key);
    expect(shadow.length).toBeGreaterThan(15);
    expect(new Set(shadow.map(({ team }) => team.slug))).toEqual(new Set(['growth']));
    const keys = new Set(read.tasks.map(({ task }) => task.agent?.key));
    expect(keys).toEqual(new Set([...SAMPLE_AGENTS, SHADOW_AGENT].map(({ key }) => key)));
  });

  it('stops at the ceiling of risky work', () => {
    for (const key of ['identity/security', 'data-platform/migration']) {
      expect(lane(key).summary.gear).toBe('walk');
      expect(lane(key).explanation.blocker).toContain('never lets');
    }
  });

  it('leaves suspected incidents for people to look at', () => {
    const links = sample.events.filter(({ type }) => type === 'dev.gait.incident.linked.v1');
    const suspected = links.filter(({ id }) => id.endsWith('/suspected')).length;
    expect(suspected - links.filter(({ id }) => /(confirmed|rejected)$/.test(id)).length).toBe(3);
  });
});
