import type { News } from '@/lib/domain/notice/recipients';
import type { Named } from '@/lib/domain/report/content';

export type ChannelKind = 'slack' | 'teams' | 'webhook';

/** A channel as the page shows it. `team` null: of the organisation. */
export type ChannelItem = {
  id: string;
  kind: ChannelKind;
  name: string;
  host: string;
  team: Named | null;
  gets: News[];
  isOn: boolean;
  createdAt: string;
  createdBy: string;
  lastSentAt: string | null;
  /** Why the last try failed; null when it did not. */
  lastError: string | null;
};

/** What did not get through, or not yet. */
export type DeliveryRow = {
  id: string;
  /** What it tells of, in words. */
  what: string;
  team: Named | null;
  to: string;
  isDead: boolean;
  attempts: number;
  error: string;
  nextTryAt: string;
};

export type ChannelsPage = { teams: Named[]; items: ChannelItem[]; deliveries: DeliveryRow[] };

/** What somebody gets of a team, or (`team` '') of the organisation. Alerts of the organisation are those of all teams. */
export type MailChoiceRow = { team: string; name: string; report: boolean; alert: boolean };

/** Times of day as `22:00`. */
export type QuietHoursRow = { from: string; to: string; zone: string };

/** Of every team, of those that nobody leads, or of none. */
export type AlertsOf = 'all' | 'unled' | 'none';

export type OwnMails = {
  canSend: boolean;
  /** The reader's own address; null when Gait knows none. */
  email: string | null;
  choices: MailChoiceRow[];
  /** Of which teams they get alerts though they said nothing about that team. */
  alertsOf: AlertsOf;
  /** Whether they lead the organisation: then alerts of teams that nobody leads are theirs, unless they said otherwise. */
  leadsAll: boolean;
  digest: boolean;
  /** Whether they may decide anywhere: a digest has what they may decide. */
  mayDecide: boolean;
  quietHours: QuietHoursRow | null;
  deliveries: DeliveryRow[];
};
