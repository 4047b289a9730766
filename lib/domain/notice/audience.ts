import { type Grant, may } from '../ability';
import { getsAlert, getsReport, leads, type News } from './recipients';

/** What deliveries tell of: a week's report, a lost gear, a grave incident, what waits this morning, or an alarm of the audit log. */
export const DELIVERY_KINDS = ['report', 'demotion', 'incident', 'digest', 'audit'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** What people choose a kind of delivery by. */
export const NEWS_OF: Readonly<Record<DeliveryKind, News>> = {
  report: 'report',
  demotion: 'alert',
  incident: 'alert',
  digest: 'digest',
  audit: 'alert',
};

/**
 * One thing to tell: of which teams ('' the organisation, or no team that is known), and what it is named by: the week, the move, the
 * incident's ref, the day.
 */
export type Item = { readonly kind: DeliveryKind; readonly key: string; readonly teams: readonly string[] };

/** Somebody who can sign in, whether a mail can reach them, and what they said about mails. */
export type Reader = {
  readonly id: string;
  readonly hasAddress: boolean;
  readonly grants: readonly Grant[];
  readonly choices: readonly { readonly kind: string; readonly team: string; readonly wants: boolean }[];
};

/** Where the news of a team, or ('') of the organisation, go beside people. */
export type ChannelRow = {
  readonly id: string;
  readonly team: string;
  readonly gets: readonly string[];
  readonly isOn: boolean;
};

/** Everybody who may be told, and for which teams mails are on: those of their own row, or else as the organisation (''). */
export type Audience = {
  readonly readers: readonly Reader[];
  readonly channels: readonly ChannelRow[];
  readonly mailsOn: ReadonlyMap<string, boolean>;
};

export function areMailsOn({ mailsOn }: Pick<Audience, 'mailsOn'>, team: string): boolean {
  return mailsOn.get(team) ?? mailsOn.get('') ?? false;
}

/** Whether somebody is to get it by mail. A digest is for who asked for it; an alarm of the audit log for all who may read that. */
export function isToldByMail({ kind, teams }: Item, reader: Reader, audience: Audience): boolean {
  if (kind === 'audit') return reader.hasAddress && may(reader.grants, 'readAudit', null);
  return teams.some((team) => areMailsOn(audience, team) && wants(NEWS_OF[kind], team, reader, audience));
}

/** Whether somebody leads a team whom mails reach. */
export function isLed(team: string, readers: readonly Reader[]): boolean {
  return team !== '' && readers.some(({ hasAddress, grants }) => hasAddress && leads(grants, team));
}

function wants(news: News, team: string, { grants, choices }: Reader, { readers }: Audience): boolean {
  const choice = (of: string) => choices.find((one) => one.kind === news && one.team === of)?.wants ?? null;
  switch (news) {
    case 'report':
      return getsReport(grants, team, choice(team));
    case 'alert': {
      return getsAlert(
        grants,
        { team, isLed: isLed(team, readers) },
        { ofTeam: choice(team), ofAll: choice('') },
      );
    }
    case 'digest':
      return grants.length > 0 && choice('') === true;
    default:
      return news satisfies never;
  }
}

/** Whether a channel is to get it. What is of a team goes to its own channels; alerts go to those of the organisation, too. The audit log is not for everybody in a room. */
export function isToldToChannel({ kind, teams }: Item, { team, gets, isOn }: ChannelRow): boolean {
  const news = NEWS_OF[kind];
  if (!isOn || kind === 'audit' || !gets.includes(news)) return false;
  return teams.includes(team) || (team === '' && news === 'alert');
}
