import type { Gear } from '../gear';
import type { LaneVerdict } from '../lane/explain';

/**
 * What a frozen report says: of one team, or (`team` null) of the organisation. It holds the names of its day, so that it reads the
 * same for ever. Instants are ISO 8601 in UTC; levels, scores and shares lie in [0,1]; every count says its denominator beside it.
 */
export type ReportContent = {
  version: 1;
  organisation: Named;
  /** Everything in it is invented. */
  isSample?: boolean;
  team: Named | null;
  /** ISO week, in the time zone `zone`: the instants `from` (included) to `to` (not included). */
  week: string;
  zone: string;
  from: string;
  to: string;
  policyVersion: number;
  /** The one-sentence answer. */
  answer: string;
  gears: GearCounts;
  gearsBefore: GearCounts;
  /** Of a team, its lanes; of the organisation, all of them. As they stood at the end of the week, and at its beginning. */
  lanes: ReportLane[];
  /** Of the organisation: a row a team. Empty in a team's report. */
  teams: ReportTeam[];
  moves: ReportMove[];
  waiting: ReportWaiting[];
  /** Oldest first. Absent in the first reports. */
  closed?: ReportClosed[];
  /** The three best next deeds, the best first. */
  actions: ReportAction[];
  incidents: ReportIncident[];
  agents: ReportAgents;
  adoption: Adoption;
  quality: DataQuality;
  /** What would be here if it were set up, by its name. */
  notSetUp: string[];
};

export type Named = { slug: string; name: string };
export type Place = { team: Named; category: Named };
export type GearCounts = Record<Gear, number>;

/** `low` to `high` is the 90 % interval. */
export type ReportScore = { value: number; low: number; high: number };

/** Counts of decided tasks: those with an independent review, and those that were merged, among them. */
export type Decided = { decided: number; reviewed: number; merged: number };

export type LaneStanding = { gear: Gear; proven: number | null; score: ReportScore | null };

export type ReportLane = Place &
  LaneStanding & {
    before: LaneStanding;
    verdict: LaneVerdict;
    tight: boolean;
    /** What stops the next gear, in a sentence; empty where nothing does. */
    blocker: string;
    /** Clean reviews in a row until the next gear can be recommended, if all are; null at the top, at the ceiling and out of reach. */
    cleanNeeded: number | null;
    /** The level that the next gear takes; null at the top and at the ceiling. Absent in the first reports. */
    needs?: { gear: Gear; level: number } | null;
    /** Tasks counted in this epoch, and reviewed tasks that still mature. */
    counted: number;
    maturing: number;
    /** In this week. */
    week: Decided;
    /** "About 3 weeks": whole weeks until the next gear at the rate of the last four; null where nothing can be foretold. */
    forecast: {
      to: Gear;
      weeks: number;
      reviewedInFourWeeks: number;
      /** No more work is needed: what still matures is enough if it stays clean, and `weeks` are until all of it has matured. */
      isOnlyTime?: boolean;
    } | null;
  };

export type ReportTeam = {
  team: Named;
  gears: GearCounts;
  week: Decided;
  waiting: number;
  moves: number;
  blocker: string;
};

export type ReportMove = Place & {
  at: string;
  from: Gear;
  to: Gear;
  kind: string;
  reason: string;
  people: string[];
};

/** A recommendation that waited at the end of the week; `days` since it was opened, rounded down. */
export type ReportWaiting = Place & {
  id: string;
  from: Gear;
  to: Gear;
  openedAt: string;
  days: number;
  approvals: string[];
  /** How many people must agree. Absent in the first reports. */
  approvalsNeeded?: number;
};

/** A recommendation that came to nothing in the week: declined by somebody, with their reason, or withdrawn, since its evidence changed. */
export type ReportClosed = Place & {
  at: string;
  from: Gear;
  to: Gear;
  status: 'declined' | 'withdrawn';
  person: string | null;
  reason: string;
};

/** `page`: where it is done, where that is no lane. */
export type ReportAction = { text: string; place: Place | null; page?: 'agents' };

export type ReportIncident = {
  ref: string;
  title: string | null;
  severity: string | null;
  openedAt: string;
  /** As it stood at the end of the week. */
  resolvedAt: string | null;
  /** What it cost: charged tasks, and the lanes that lost a gear over it in this week. */
  chargedTasks: number;
  gearsLost: (Place & { from: Gear; to: Gear })[];
};

export type ReportAgent = { key: string; name: string };

export type ReportAgents = {
  /** First seen in this week. */
  firstSeen: ReportAgent[];
  /** Somebody began to answer for them in this week. Absent in the first reports. */
  registered?: ReportAgent[];
  /** Nobody answers for them: seen in evidence, registered by nobody. */
  shadow: ReportAgent[];
  paused: ReportAgent[];
};

export type Adoption = Decided & {
  /** Decided tasks of agents that worked in this week, by agent, the busiest first. */
  byAgent: (ReportAgent & { decided: number })[];
  /** Decided tasks that no agent was named for; they are not among `decided`. */
  withoutAgent: number;
  /** Load and time of review; null where it would single out a person. */
  review: ReviewLoad | null;
};

/** Independent reviews of the tasks decided in the week, and who gave them; `medianHours` from a task's opening to its first verdict. */
export type ReviewLoad = { reviews: number; reviewers: number; medianHours: number | null };

export type DataQuality = Decided & {
  /** Approved within a minute of opening. */
  hasty: number;
  /** Decided tasks without an agent, of `decided + withoutAgent`. */
  withoutAgent: number;
  /** Tokens that record evidence and have not for a week at the end of this one. */
  quietSources: { name: string; lastUsedAt: string | null }[];
  /** Reports, alerts and digests that were given up in this week. Absent in the first reports. */
  failedDeliveries?: number;
};
