import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import type { ReportContent } from '@/lib/domain/report/content';
import { allow } from '@/lib/members/allow';
import type { Ctx, UserActor } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { canSendMail, sendMail } from '@/lib/platform/mail';
import { mailOf } from '../mail';
import type { chooseReportSchema, resendSchema, scheduleSchema, testReportSchema } from '../schema';
import { makeDue } from './deliveries';

const NO_MAIL = 'Gait cannot send mail: SMTP_URL is not set. See docs/operating.md.';

/** When the reports of a team, or of the organisation and the teams without a time of their own, are due, and whether they are sent. */
export async function scheduleReports(ctx: Ctx, input: z.infer<typeof scheduleSchema>): Promise<void> {
  const { orgId, clock } = ctx;
  const { team, ...schedule } = input;
  await inOrg(orgId, async (tx) => {
    await allow(ctx, 'scheduleReports', { team: team === '' ? null : team, tx });
    if (team !== '' && !(await tx.team.findUnique({ where: { orgId_slug: { orgId, slug: team } } })))
      throw refusedFields({ team: ['There is no such team.'] });
    if (schedule.isSent && !canSendMail()) throw refusedFields({ isSent: [NO_MAIL] });
    const where = { orgId_team: { orgId, team } };
    const before = await tx.reportSchedule.findUnique({ where, omit: { orgId: true, team: true } });
    await tx.reportSchedule.upsert({ where, create: { orgId, team, ...schedule }, update: schedule });
    await tx.reportDue.update({ where: { orgId }, data: { dueAt: clock.now() } });
    await recordAudit(tx, ctx, {
      act: 'report.scheduled',
      target: team === '' ? 'organisation' : `team:${team}`,
      before,
      after: schedule,
    });
  });
}

function personOf({ actor }: Ctx): UserActor {
  if (actor.kind !== 'user') throw new AppError('forbidden', 'This is for people.');
  return actor;
}

/** Says whether one gets a report by mail. */
export async function chooseReport(
  ctx: Ctx,
  { team, wants }: z.infer<typeof chooseReportSchema>,
): Promise<void> {
  const { orgId } = ctx;
  const { personId } = personOf(ctx);
  await inOrg(orgId, async (tx) => {
    const key = { orgId, personId, team };
    await tx.reportChoice.upsert({
      where: { orgId_personId_team: key },
      create: { ...key, wants },
      update: { wants },
    });
    await recordAudit(tx, ctx, {
      act: 'report.chosen',
      target: `person:${personId}`,
      after: { team: team === '' ? null : team, wants },
    });
  });
}

/** Sends the latest report to whoever asks, and to nobody else. @returns the address */
export async function sendTestReport(ctx: Ctx, { team }: z.infer<typeof testReportSchema>): Promise<string> {
  const { orgId } = ctx;
  const { personId } = personOf(ctx);
  if (!canSendMail()) throw new AppError('conflict', NO_MAIL);
  const { person, report } = await inOrg(orgId, async (tx) => ({
    person: await tx.person.findUnique({ where: { orgId_id: { orgId, id: personId } } }),
    report: await tx.report.findFirst({ where: { orgId, team }, orderBy: { week: 'desc' } }),
  }));
  if (!person?.email)
    throw new AppError(
      'conflict',
      'Gait knows no address of yours. Somebody who invites people can give you one.',
    );
  if (!report)
    throw new AppError('conflict', 'No report is frozen yet: the first comes once a week is over.');
  const mail = mailOf({
    orgId,
    personId,
    address: person.email,
    content: report.content as unknown as ReportContent,
  });
  const { messageId: _, ...test } = mail;
  try {
    await sendMail({ ...test, subject: `Test: ${mail.subject}` });
  } catch (error) {
    throw new AppError(
      'conflict',
      `The mail server did not take it: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return person.email;
}

/** Tries a dead delivery again, from the beginning. */
export async function resendDelivery(
  ctx: Ctx,
  { delivery: id }: z.infer<typeof resendSchema>,
): Promise<void> {
  const { orgId, clock } = ctx;
  await inOrg(orgId, async (tx) => {
    const found = await tx.delivery.findUnique({ where: { orgId_id: { orgId, id } } });
    await allow(ctx, 'scheduleReports', { team: found?.team || null, tx });
    if (!found) throw new AppError('not_found', 'There is no such delivery.');
    const { count } = await tx.delivery.updateMany({
      where: { orgId, id, status: 'dead' },
      data: { status: 'waiting', attempts: 0, closedAt: null, nextTryAt: clock.now() },
    });
    if (count === 0)
      throw new AppError('conflict', `This delivery is ${found.status}: there is nothing to send again.`);
    await makeDue(tx, orgId, clock.now());
    await recordAudit(tx, ctx, {
      act: 'report.sent_again',
      target: `person:${found.personId}`,
      after: { week: found.week, team: found.team === '' ? null : found.team },
    });
  });
}
