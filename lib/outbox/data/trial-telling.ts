import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { pathsOf } from '../addresses';
import type { Post } from '../post';

/** What a trial tells: that it is one, and what the latest report answered. */
export async function trialTelling(tx: Tx, orgId: OrgId, team: string): Promise<Post['telling']> {
  const organisation = await tx.organisation.findUniqueOrThrow({
    where: { orgId },
    select: { slug: true, name: true },
  });
  const latest = await tx.report.findFirst({
    where: { orgId, team, voided: null },
    orderBy: { week: 'desc' },
    select: { content: true, week: true },
  });
  const { report, reports } = pathsOf(organisation.slug);
  const answer = (latest?.content as { answer?: string } | undefined)?.answer;
  return {
    kind: 'test',
    organisation,
    document: {
      title: 'Gait can reach this channel',
      lead: organisation.name,
      answer: answer
        ? `${latest?.week}: ${answer}`
        : 'No report is frozen yet: the first comes once a week is over.',
      sections: [],
      fine: ['This is a trial.'],
    },
    path: latest ? report(latest.week, team) : reports,
    button: 'Open Gait',
    data: {},
    content: null,
  };
}
