import fc from 'fast-check';
import type { Named, ReportContent, ReportLane } from '../report/content';
import { aReport, aReportLane, aReportTeam } from '../report/testing';
import { slugOf } from '../slug';

/** How much there is in a report. */
export type ReportSize = {
  teams: number;
  kinds: number;
  moves: number;
  waiting: number;
  closed: number;
  incidents: number;
  agents: number;
  /** The name of a team, or of everything that people name, beside a number; and what every reason says. */
  name: string;
  isAllNamedSo: boolean;
  reason: string;
};

/** What people write, from one letter to everything that takes the most room in some form. */
const writing = fc.constantFrom('a', 'Pay & <Ments> ', '"\'', 'ü', '支付', '👩‍💻', '\\', '\n', 'word ');

const longer = (unit: string, length: number): string =>
  [...unit.repeat(Math.ceil(length / [...unit].length))].slice(0, length).join('');

const name = fc.tuple(writing, fc.integer({ min: 1, max: 94 })).map(([unit, length]) => longer(unit, length));
const reason = fc.tuple(writing, fc.constantFrom(0, 40, 1_990)).map(([unit, length]) => longer(unit, length));

/** Of any size, in any writing. @param mostTeams at most so many */
export const anyReportSize = (mostTeams: number): fc.Arbitrary<ReportSize> =>
  fc.record({
    teams: fc.integer({ min: 0, max: mostTeams }),
    kinds: fc.integer({ min: 1, max: 6 }),
    moves: fc.nat(30),
    waiting: fc.nat(60),
    closed: fc.nat(20),
    incidents: fc.nat(20),
    agents: fc.nat(40),
    name,
    isAllNamedSo: fc.boolean(),
    reason,
  });

/** A report with so much in it; of the organisation, unless `isOfTeam`. */
export function aReportOfSize(size: ReportSize, isOfTeam = false): ReportContent {
  const named = (n: number): Named => {
    const whole = `${n} ${size.name}`;
    return { slug: slugOf(whole), name: whole };
  };
  const other = (n: number): Named =>
    size.isAllNamedSo ? named(n) : { slug: `other-${n}`, name: `Other ${n}` };
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
  const lanes = numbers(isOfTeam ? 1 : size.teams).flatMap((team) =>
    numbers(size.kinds).map((kind) => aReportLane({ team: named(team), category: other(kind) })),
  );
  const some = (count: number) => numbers(lanes.length === 0 ? 0 : count).map((n) => laneAt(lanes, n));
  const agents = numbers(size.agents).map((n) => ({ key: `agent-${n}`, name: other(n).name }));
  const at = '2026-11-17T09:00:00.000Z';
  return aReport({
    organisation: other(0),
    team: isOfTeam ? named(0) : null,
    answer: `${named(0).name}: 0 of ${lanes.length} lanes run. ${size.reason}`,
    lanes,
    teams: isOfTeam
      ? []
      : numbers(size.teams).map((n) => aReportTeam({ team: named(n), blocker: size.reason })),
    moves: some(size.moves).map((lane) => ({
      ...lane,
      at,
      from: 'crawl',
      to: 'walk',
      kind: 'promotion',
      reason: size.reason,
      people: [other(1).name],
    })),
    waiting: some(size.waiting).map((lane, n) => ({
      ...lane,
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      from: 'walk',
      to: 'run',
      openedAt: at,
      days: n,
      approvals: [other(2).name],
      approvalsNeeded: 2,
    })),
    closed: some(size.closed).map((lane) => ({
      ...lane,
      at,
      from: 'walk',
      to: 'run',
      status: 'declined',
      person: other(3).name,
      reason: size.reason,
    })),
    actions: some(3).map(({ team, category }) => ({
      text: `Decide whether ${team.name} · ${category.name} goes from walk to run.`,
      place: { team, category },
    })),
    incidents: numbers(size.incidents).map((n) => ({
      ref: `pagerduty:${n}`,
      title: other(n).name,
      severity: 'SEV1',
      openedAt: at,
      resolvedAt: null,
      chargedTasks: n,
      gearsLost: some(3).map((lane) => ({ ...lane, from: 'walk' as const, to: 'crawl' as const })),
    })),
    agents: { firstSeen: agents, registered: agents, shadow: agents, paused: agents },
    adoption: {
      decided: 40,
      reviewed: 20,
      merged: 30,
      byAgent: agents.map((agent) => ({ ...agent, decided: 9 })),
      withoutAgent: 3,
      review: null,
    },
  });
}

function laneAt(lanes: readonly ReportLane[], n: number): ReportLane {
  return lanes[n % lanes.length] ?? aReportLane();
}

/** 24 teams with long names, and of eleven acceptances the reason that somebody took pains to give. */
export const LARGE_REPORT: ReportSize = {
  teams: 24,
  kinds: 3,
  moves: 14,
  waiting: 20,
  closed: 2,
  incidents: 3,
  agents: 3,
  isAllNamedSo: false,
  name: 'Plattformbetrieb & Zuverlässigkeit der Zahlungsabwicklung <Kernsysteme> im EU-Verkehr',
  reason: 'Reviews were independent, on time and thorough for a quarter. '.repeat(33).slice(0, 1_990),
};
