import type { ReportContent, ReportLane, ReportTeam } from './content';

const PAYMENTS = { slug: 'payments', name: 'Payments' };

/** A lane of a report for tests: walks, and has what one would expect. */
export function aReportLane(changes: Partial<ReportLane> = {}): ReportLane {
  return {
    team: PAYMENTS,
    category: { slug: 'tests', name: 'Tests' },
    gear: 'walk',
    proven: 0.8,
    score: { value: 0.9, low: 0.8, high: 0.97 },
    before: { gear: 'crawl', proven: null, score: null },
    verdict: 'hold',
    tight: false,
    blocker: '3 more clean reviews to run.',
    cleanNeeded: 3,
    needs: { gear: 'run', level: 0.9 },
    counted: 25,
    maturing: 2,
    week: { decided: 3, reviewed: 2, merged: 3 },
    forecast: { to: 'run', weeks: 3, reviewedInFourWeeks: 8 },
    ...changes,
  };
}

export function aReportTeam(changes: Partial<ReportTeam> = {}): ReportTeam {
  return {
    team: PAYMENTS,
    gears: { run: 1, walk: 2, crawl: 3 },
    week: { decided: 9, reviewed: 4, merged: 8 },
    waiting: 0,
    moves: 0,
    blocker: 'Review is missing in most kinds of work.',
    ...changes,
  };
}

/** A report for tests, of a team unless `team` is null. */
export function aReport(changes: Partial<ReportContent> = {}): ReportContent {
  return {
    version: 1,
    organisation: { slug: 'acme', name: 'Acme' },
    team: PAYMENTS,
    week: '2026-W47',
    zone: 'UTC',
    from: '2026-11-16T00:00:00.000Z',
    to: '2026-11-23T00:00:00.000Z',
    policyVersion: 1,
    answer: 'Payments: 0 of 1 lane run, 1 walks. No gear changed this week; nothing waits for a decision.',
    gears: { crawl: 0, walk: 1, run: 0 },
    gearsBefore: { crawl: 1, walk: 0, run: 0 },
    lanes: [aReportLane()],
    teams: [],
    moves: [],
    waiting: [],
    actions: [],
    incidents: [],
    agents: { firstSeen: [], shadow: [], paused: [] },
    adoption: { decided: 3, reviewed: 2, merged: 3, byAgent: [], withoutAgent: 0, review: null },
    quality: { decided: 3, reviewed: 2, merged: 3, hasty: 0, withoutAgent: 0, quietSources: [] },
    notSetUp: ['Governance controls'],
    ...changes,
  };
}
