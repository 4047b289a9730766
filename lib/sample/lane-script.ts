import type { Severity } from '@/lib/domain/event';
import type { Cause } from '@/lib/domain/incident';
import type { EarnedGear } from '@/lib/domain/trust/engine-config';
import type { Quality } from './fate';

/** A stretch of a lane's life, in days before the end of the sample: `from` lies before `to`, so it is larger. */
export type Phase = {
  from: number;
  to: number;
  /** Either a tune, note by note, or so many tasks of a quality. */
  work: string | { tasks: number; quality: Quality };
  /** Key of the agent that does part of it, and which part, in [0,1]. */
  agent?: { key: string; share: number };
};

/** What people answer when Gait recommends a gear. Without an answer they accept within days. */
export type Answer =
  | { to: EarnedGear; does: 'accept'; notBefore: number }
  /** It waits; the team's lead may have agreed already. */
  | { to: EarnedGear; does: 'leave'; leadAgrees?: boolean }
  /** Until so many days before the end they say no. */
  | { to: EarnedGear; does: 'decline'; until: number; reason: string };

export type IncidentScript = {
  title: string;
  severity: Severity;
  /** Days before the end, as the calendar counts them: incidents keep no working hours. */
  daysBefore: number;
  cause: Cause | null;
  /** What a person said about the link to the lane's last merged task; null = nobody has looked yet. */
  link: 'confirmed' | 'rejected' | null;
  confidence: number;
  /** Title of the task that the link names. */
  task: string;
  hoursToLink: number;
  /** Null = it still burns. */
  hoursToResolve: number | null;
};

/** The life of one lane. */
export type LaneScript = {
  /** Slug of the team. */
  team: string;
  category: string;
  phases: readonly Phase[];
  answers?: readonly Answer[];
  incidents?: readonly IncidentScript[];
};

export function laneKey({ team, category }: { team: string; category: string }): string {
  return `${team}/${category}`;
}
