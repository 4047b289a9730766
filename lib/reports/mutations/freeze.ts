import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type AuditEntry, recordAudits } from '@/lib/audit/record';
import { plainJson } from '@/lib/domain/audit/entry';
import type { Item } from '@/lib/domain/notice/audience';
import { composeReport, type WeekRows } from '@/lib/domain/report/compose';
import type { ReportContent } from '@/lib/domain/report/content';
import { editionName } from '@/lib/domain/report/edition';
import type { IsoWeek } from '@/lib/domain/report/iso-week';
import { backOff, type DueReport } from '@/lib/domain/report/plan';
import { addDeliveries } from '@/lib/outbox/mutations/enqueue';
import { isClockRight } from '@/lib/platform/clock-watch';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { AppError } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';
import { readWeek } from '../data/week-rows';

/** Reports written in one transaction: it holds the end of the audit log. */
const AT_ONCE = 50;

export type Frozen = { frozen: number; failed: number };

/**
 * Computes reports and freezes them, each once: one that stands already stays as it is. One that cannot be computed is listed for another
 * try, and nothing is frozen in its place.
 * @param isSent whether they go out to those who get them: what is computed on demand does not
 */
export async function freezeReports(
  ctx: Ctx,
  due: readonly DueReport[],
  { isSent = false }: { isSent?: boolean } = {},
): Promise<Frozen> {
  const counts = { frozen: 0, failed: 0 };
  for (const group of Map.groupBy(due, ({ week, zone }) => `${week} ${zone}`).values()) {
    const { contents, failures } = await computeGroup(ctx.orgId, group);
    for (let start = 0; start < contents.length; start += AT_ONCE)
      counts.frozen += await write(ctx, contents.slice(start, start + AT_ONCE), isSent);
    await noteFailures(ctx, failures);
    counts.failed += failures.length;
  }
  return counts;
}

type Failure = DueReport & { error: unknown };
type Computed = { contents: ReportContent[]; failures: Failure[] };

/** The reports of one week and time zone: what they are made of is read once for all. */
async function computeGroup(orgId: OrgId, group: readonly DueReport[]): Promise<Computed> {
  const [first] = group;
  if (!first) return { contents: [], failures: [] };
  let rows: WeekRows;
  try {
    rows = await inOrg(orgId, (tx) => readWeek(tx, orgId, first.week, first.zone));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return { contents: [], failures: group.map((due) => ({ ...due, error })) };
  }
  const contents: ReportContent[] = [];
  const failures: Failure[] = [];
  for (const due of group) {
    try {
      contents.push(composeOne(rows, due.team));
    } catch (error) {
      failures.push({ ...due, error });
    }
  }
  return { contents, failures };
}

function composeOne(rows: WeekRows, slug: string): ReportContent {
  const team = slug === '' ? null : rows.teams.find((each) => each.slug === slug);
  if (team === undefined) throw new Error(`There is no team ${slug}.`);
  return composeReport(rows, team);
}

/** @returns how many were frozen by this; the others stood already */
async function write(ctx: Ctx, contents: readonly ReportContent[], isSent: boolean): Promise<number> {
  const { orgId, clock } = ctx;
  return inOrg(orgId, async (tx) => {
    if (!(await isClockRight(tx, clock)))
      throw new AppError('conflict', 'The clock is not right: no report is frozen.');
    const editions = await nextEditions(tx, orgId, contents);
    const rows = contents.map((content) => ({
      orgId,
      ...placeOf(content),
      edition: editions.get(nameOf(placeOf(content))) ?? 1,
      zone: content.zone,
      fromAt: new Date(content.from),
      toAt: new Date(content.to),
      frozenAt: clock.now(),
      policyVersion: content.policyVersion,
      content,
      hash: hashOf(content),
    }));
    const written = await tx.report.createManyAndReturn({
      data: rows,
      skipDuplicates: true,
      select: { team: true, week: true, edition: true, hash: true, policyVersion: true },
    });
    await tx.reportFailure.deleteMany({
      where: { orgId, OR: rows.map(({ team, week }) => ({ team, week })) },
    });
    if (isSent) await addDeliveries(tx, orgId, written.map(itemOf), clock.now());
    await recordAudits(
      tx,
      ctx,
      written.map((report) => reportEntry('report.frozen', report)),
    );
    return written.length;
  });
}

const placeOf = ({ team, week }: ReportContent) => ({ team: team?.slug ?? '', week });

const nameOf = ({ team, week }: { team: string; week: string }) => `${week} ${team}`;

/** After the last one where that is void; the last one itself where it stands, which is then not written again. */
async function nextEditions(
  tx: Tx,
  orgId: OrgId,
  contents: readonly ReportContent[],
): Promise<Map<string, number>> {
  const known = await tx.report.findMany({
    where: { orgId, OR: contents.map(placeOf) },
    orderBy: { edition: 'asc' },
    select: { team: true, week: true, edition: true, voided: { select: { edition: true } } },
  });
  return new Map(known.map((row) => [nameOf(row), row.voided ? row.edition + 1 : row.edition]));
}

type Named = { team: string; week: string; edition: number };

function itemOf(report: Named): Item {
  return { kind: 'report', key: editionName(report), teams: [report.team] };
}

/** The entry of the audit log that says what became of a report. */
export function reportEntry(
  act: 'report.frozen' | 'report.voided',
  { team, week, edition, hash, policyVersion }: Named & { hash: string; policyVersion: number },
): AuditEntry {
  return {
    act,
    target: `report:${week}${team === '' ? '' : `/${team}`}`,
    after: { hash, ...(edition > 1 && { edition }) },
    policyVersion,
  };
}

/** SHA-256 of the content as canonical JSON (RFC 8785), in hex: the same however a database or a file spells it. */
export function hashOf(content: ReportContent): string {
  const text = canonicalize(plainJson(content));
  if (text === undefined) throw new Error('A report is a JSON object.');
  return createHash('sha256').update(text).digest('hex');
}

async function noteFailures({ orgId, clock }: Ctx, failures: readonly Failure[]): Promise<void> {
  for (const { team, week, error } of failures) {
    logger().error({ err: error, orgId, team, week }, 'a report could not be computed; it is tried again');
    await inOrg(orgId, (tx) => noteFailure(tx, orgId, { team, week, error }, clock.now()));
  }
}

async function noteFailure(
  tx: Tx,
  orgId: OrgId,
  { team, week, error }: { team: string; week: IsoWeek; error: unknown },
  now: Date,
): Promise<void> {
  const key = { orgId_team_week: { orgId, team, week } };
  const before = await tx.reportFailure.findUnique({ where: key, select: { attempts: true } });
  const attempts = (before?.attempts ?? 0) + 1;
  const said = {
    attempts,
    error: (error instanceof Error ? error.message : String(error)).slice(0, 500),
    failedAt: now,
    nextTryAt: new Date(now.getTime() + backOff(attempts)),
  };
  await tx.reportFailure.upsert({ where: key, create: { orgId, team, week, ...said }, update: said });
}
