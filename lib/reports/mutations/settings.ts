import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import type { ReportContent } from '@/lib/domain/report/content';
import { allow } from '@/lib/members/allow';
import { getOwnMails } from '@/lib/outbox/data/own-mails';
import { personOf } from '@/lib/outbox/mutations/choices';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { canSendMail, sendMail } from '@/lib/platform/mail';
import { mailOf } from '../mail';
import type { followSchema, scheduleSchema } from '../schema';

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

/** Ends a team's own time: its reports are due, and its mails are sent, as the organisation's are. */
export async function followOrganisation(ctx: Ctx, { team }: z.infer<typeof followSchema>): Promise<void> {
  const { orgId, clock } = ctx;
  await inOrg(orgId, async (tx) => {
    await allow(ctx, 'scheduleReports', { team, tx });
    const where = { orgId_team: { orgId, team } };
    const before = await tx.reportSchedule.findUnique({ where, omit: { orgId: true, team: true } });
    if (!before) return;
    await tx.reportSchedule.delete({ where });
    await tx.reportDue.update({ where: { orgId }, data: { dueAt: clock.now() } });
    await recordAudit(tx, ctx, { act: 'report.unscheduled', target: `team:${team}`, before });
  });
}

/** Sends the latest report to whoever asks, and to nobody else. @returns the address */
export async function sendTestReport(ctx: Ctx): Promise<string> {
  const { orgId } = ctx;
  const actor = personOf(ctx);
  if (!canSendMail()) throw new AppError('conflict', NO_MAIL);
  const { email, choices } = await getOwnMails(orgId, actor);
  if (!email)
    throw new AppError(
      'conflict',
      'Gait knows no address of yours. Somebody who invites people can give you one.',
    );
  // The first that they get; who gets none sees the organisation's.
  const team = choices.find((choice) => choice.report)?.team ?? '';
  const report = await inOrg(orgId, (tx) =>
    tx.report.findFirst({ where: { orgId, team, voided: null }, orderBy: { week: 'desc' } }),
  );
  if (!report)
    throw new AppError('conflict', 'No report is frozen yet: the first comes once a week is over.');
  const mail = mailOf({
    orgId,
    personId: actor.personId,
    address: email,
    content: report.content as unknown as ReportContent,
    edition: report.edition,
    now: ctx.clock.now(),
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
  return email;
}
