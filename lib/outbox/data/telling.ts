import type { Delivery } from '@/generated/prisma/client';
import { keptAlarm } from '@/lib/audit/data/alarms';
import { type Grant, may } from '@/lib/domain/ability';
import type { Gear } from '@/lib/domain/gear';
import type { DeliveryKind } from '@/lib/domain/notice/audience';
import { auditAlarmDocument } from '@/lib/domain/notice/audit-document';
import { demotionDocument, digestDocument, incidentDocument } from '@/lib/domain/notice/documents';
import { latestDigest } from '@/lib/domain/notice/hours';
import type { ReportContent } from '@/lib/domain/report/content';
import { documentOf } from '@/lib/domain/report/document';
import { readEdition } from '@/lib/domain/report/edition';
import { DEFAULT_SCHEDULE } from '@/lib/domain/report/plan';
import type { ReportDocument } from '@/lib/domain/report/section';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { placeOf } from '@/lib/reports/data/span';
import { pathsOf } from '../addresses';
import { incidentOf, teamsInWords } from './incident-news';
import { waitingNow } from './waiting-now';

/** What a delivery tells: in words for people, and as data for programs. */
export type Telling = {
  kind: DeliveryKind;
  organisation: { slug: string; name: string };
  document: ReportDocument;
  /** The path of the page where it is read in Gait, and what the link there says. */
  path: string;
  button: string;
  data: object;
  /** Of a weekly report, and which edition of it. */
  content: ReportContent | null;
  edition?: number;
};

/** For whom it is told: a digest has what this person may decide, or what is of the channel's team. */
export type Listener = { grants: readonly Grant[] } | { team: string };

type About = Pick<Delivery, 'team' | 'key'>;

/** @returns what there is to tell; or why there is nothing any more, in a sentence */
export async function tellingOf(
  tx: Tx,
  orgId: OrgId,
  { kind, team, key }: Pick<Delivery, 'kind' | 'team' | 'key'>,
  { listener, now }: { listener: Listener; now: Date },
): Promise<Telling | string> {
  switch (kind as DeliveryKind) {
    case 'report':
      return reportTelling(tx, orgId, { team, key });
    case 'demotion':
      return demotionTelling(tx, orgId, { team, key });
    case 'incident':
      return incidentTelling(tx, orgId, key);
    case 'audit':
      return auditTelling(tx, orgId, key);
    default:
      return digestTelling(tx, orgId, key, listener, now);
  }
}

async function reportTelling(tx: Tx, orgId: OrgId, { team, key }: About): Promise<Telling | string> {
  const { week, edition } = readEdition(key);
  const {
    content: json,
    hash,
    frozenAt,
    voided,
  } = await tx.report.findUniqueOrThrow({
    where: { orgId_team_week_edition: { orgId, team, week, edition } },
    include: { voided: true },
  });
  if (voided) return `The report is void. ${voided.reason}`;
  const content = json as unknown as ReportContent;
  const { organisation } = content;
  return {
    kind: 'report',
    organisation,
    // Whole: each form leaves out what its receiver does not take, and says how much.
    document: documentOf(content, Number.POSITIVE_INFINITY),
    path: pathsOf(organisation.slug).report(week, team),
    button: 'Read it in Gait',
    data: { hash, frozenAt: frozenAt.toISOString(), edition, report: content },
    content,
    edition,
  };
}

async function demotionTelling(tx: Tx, orgId: OrgId, { team, key: id }: About): Promise<Telling | string> {
  const move = await tx.loggedMove.findUnique({ where: { orgId_id: { orgId, id } } });
  if (!move || move.withdrawnAt) return 'It was taken back before it was sent.';
  const organisation = await organisationOf(tx, orgId);
  const names = await namesOf(tx, orgId);
  const news = {
    ...placeOf(names, move.team, move.category),
    at: move.at.toISOString(),
    from: move.fromGear as Gear,
    to: move.toGear as Gear,
    reason: move.reason,
  };
  const link = { to: 'lane' as const, team: move.team, category: move.category };
  return {
    kind: 'demotion',
    organisation,
    document: demotionDocument(news, await zoneOf(tx, orgId, team)),
    path: pathsOf(organisation.slug).of(link),
    button: 'See the lane',
    data: { ...news, task: move.taskRef },
    content: null,
  };
}

async function incidentTelling(tx: Tx, orgId: OrgId, ref: string): Promise<Telling | string> {
  const incident = await incidentOf(tx, orgId, ref);
  if (!incident) return 'The incident is no longer in the record.';
  const organisation = await organisationOf(tx, orgId);
  const teams = teamsInWords(incident.teams, await namesOf(tx, orgId));
  return {
    kind: 'incident',
    organisation,
    document: incidentDocument({ ...incident, teams }, await zoneOf(tx, orgId, incident.teams[0] ?? '')),
    path: pathsOf(organisation.slug).of({ to: 'incident', ref }),
    button: 'See the incident',
    data: { ...incident, teams: incident.teams.filter((team) => team !== '') },
    content: null,
  };
}

async function auditTelling(tx: Tx, orgId: OrgId, id: string): Promise<Telling | string> {
  const row = await tx.auditAlarm.findUnique({ where: { orgId_id: { orgId, id } } });
  if (row === null || row.acknowledgedAt !== null) return 'Somebody has acknowledged it already.';
  const { id: _, knownRoot: __, foundAt, ...alarm } = keptAlarm(row);
  const organisation = await organisationOf(tx, orgId);
  return {
    kind: 'audit',
    organisation,
    document: auditAlarmDocument(alarm, foundAt.toISOString(), organisation, await zoneOf(tx, orgId, '')),
    path: pathsOf(organisation.slug).audit,
    button: 'See the audit log',
    data: { ...alarm, foundAt: foundAt.toISOString() },
    content: null,
  };
}

async function digestTelling(
  tx: Tx,
  orgId: OrgId,
  day: string,
  listener: Listener,
  now: Date,
): Promise<Telling | string> {
  const schedule =
    (await tx.reportSchedule.findUnique({ where: { orgId_team: { orgId, team: '' } } })) ?? DEFAULT_SCHEDULE;
  if (latestDigest(now.getTime(), schedule).day !== day) return 'A later digest has taken its place.';
  const organisation = await organisationOf(tx, orgId);
  const isFor = (team: string) =>
    'team' in listener
      ? listener.team === '' || listener.team === team
      : may(listener.grants, 'decideGears', team);
  const waiting = (await waitingNow(tx, orgId, now)).filter(({ team }) => isFor(team.slug));
  if (waiting.length === 0) return 'Nothing waits any more.';
  return {
    kind: 'digest',
    organisation,
    document: digestDocument(waiting, organisation),
    path: pathsOf(organisation.slug).decisions,
    button: 'Decide in Gait',
    data: { day, waiting },
    content: null,
  };
}

function organisationOf(tx: Tx, orgId: OrgId): Promise<{ slug: string; name: string }> {
  return tx.organisation.findUniqueOrThrow({ where: { orgId }, select: { slug: true, name: true } });
}

/** By whose clocks a team reads: those of its reports. */
async function zoneOf(tx: Tx, orgId: OrgId, team: string): Promise<string> {
  const rows = await tx.reportSchedule.findMany({ where: { orgId, team: { in: [team, ''] } } });
  const row = rows.find((one) => one.team === team) ?? rows[0];
  return row?.zone ?? DEFAULT_SCHEDULE.zone;
}
