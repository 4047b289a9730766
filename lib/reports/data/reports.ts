import type { ReportContent } from '@/lib/domain/report/content';
import type { IsoWeek } from '@/lib/domain/report/iso-week';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import type {
  FrozenReport,
  ReportComparison,
  ReportFailureRow,
  ReportList,
  ReportPage,
  ReportRow,
} from '../types';
import { afterwardsOf } from './afterwards';
import { sinceOf } from './since';

const ON_A_PAGE = 26;
/** Weeks to compare with: two years. */
const TO_CHOOSE_FROM = 104;

type Row = Awaited<ReturnType<Tx['report']['findMany']>>[number];

const contentOf = ({ content }: Pick<Row, 'content'>) => content as unknown as ReportContent;

/**
 * A frozen report: the edition that is asked for, or else the latest, which alone may stand; null where none is frozen. `team`: its slug, ''
 * for the organisation.
 */
export async function getReport(
  orgId: OrgId,
  week: string,
  team: string,
  edition?: number,
): Promise<FrozenReport | null> {
  const row = await inOrg(orgId, (tx) =>
    tx.report.findFirst({
      where: { orgId, team, week, ...(edition !== undefined && { edition }) },
      orderBy: { edition: 'desc' },
      include: { voided: true },
    }),
  );
  return (
    row && {
      content: contentOf(row),
      frozenAt: row.frozenAt.toISOString(),
      hash: row.hash,
      edition: row.edition,
      voided: row.voided && { at: row.voided.voidedAt.toISOString(), reason: row.voided.reason },
    }
  );
}

/** A frozen report with the way to those beside it. */
export async function getReportPage(
  orgId: OrgId,
  week: string,
  team: string,
  edition?: number,
): Promise<ReportPage | null> {
  const report = await getReport(orgId, week, team, edition);
  if (!report) return null;
  return inOrg(orgId, async (tx) => {
    const beside = async (where: { lt: string } | { gt: string }, order: 'asc' | 'desc') =>
      (
        await tx.report.findFirst({
          where: { orgId, team, week: where, voided: null },
          orderBy: { week: order },
          select: { week: true },
        })
      )?.week ?? null;
    const next = await beside({ gt: week }, 'asc');
    const others = await tx.report.findMany({
      where: { orgId, team, week, edition: { not: report.edition } },
      orderBy: { edition: 'asc' },
      select: { edition: true },
    });
    return {
      ...report,
      editions: others.map((other) => other.edition),
      team: report.content.team,
      previous: await beside({ lt: week }, 'desc'),
      next,
      since: await sinceOf(tx, orgId, report),
      afterwards: next === null ? await afterwardsOf(tx, orgId, report.content) : [],
    };
  });
}

/**
 * A report beside that of another week: the one asked for, or else the week before, or else the one after.
 * @returns null where either is not frozen
 */
export async function getComparison(
  orgId: OrgId,
  week: IsoWeek,
  team: string,
  asked: IsoWeek | undefined,
): Promise<ReportComparison | null> {
  const rows = await inOrg(orgId, (tx) =>
    tx.report.findMany({
      where: { orgId, team, week: { not: week }, voided: null },
      orderBy: { week: 'desc' },
      take: TO_CHOOSE_FROM,
      select: { week: true },
    }),
  );
  const weeks = rows.map((row) => row.week);
  const otherWeek = asked ?? weeks.find((one) => one < week) ?? weeks.at(-1);
  const report = await getReport(orgId, week, team);
  const other = otherWeek === undefined ? null : await getReport(orgId, otherWeek, team);
  if (!report || (asked && (!other || asked === week))) return null;
  return { report: report.content, other: other?.content ?? null, weeks };
}

/** The reports of the organisation, or of a team, newest first; with what could not be computed. */
export async function listReports(
  orgId: OrgId,
  { team = '', before }: { team?: string | undefined; before?: IsoWeek | undefined },
): Promise<ReportList> {
  return inOrg(orgId, async (tx) => {
    const names = await namesOf(tx, orgId);
    const rows = await tx.report.findMany({
      where: { orgId, team, voided: null, ...(before && { week: { lt: before } }) },
      orderBy: { week: 'desc' },
      take: ON_A_PAGE + 1,
    });
    const shown = rows.slice(0, ON_A_PAGE);
    const voids = await tx.reportVoid.findMany({
      where: { orgId, team },
      orderBy: [{ week: 'desc' }, { edition: 'desc' }],
      select: { week: true, edition: true, reason: true },
    });
    const failures = await tx.reportFailure.findMany({
      where: { orgId },
      orderBy: [{ week: 'desc' }, { team: 'asc' }],
    });
    const nameOf = (slug: string) => (slug === '' ? null : { slug, name: names.team(slug) });
    return {
      teams: names.teams,
      items: shown.map(toRow),
      nextCursor: rows.length > ON_A_PAGE ? (shown.at(-1)?.week ?? null) : null,
      voids: before ? [] : voids,
      failures: failures.map(
        (row): ReportFailureRow => ({
          week: row.week,
          team: nameOf(row.team),
          attempts: row.attempts,
          error: row.error,
          nextTryAt: row.nextTryAt.toISOString(),
        }),
      ),
    };
  });
}

function toRow(row: Row): ReportRow {
  const { week, team, answer, gears, adoption } = contentOf(row);
  const { decided, reviewed } = adoption;
  return { week, team, answer, frozenAt: row.frozenAt.toISOString(), gears, decided, reviewed };
}
