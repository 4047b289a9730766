import type { Chart } from '@/lib/domain/report/chart';
import type { ReportContent } from '@/lib/domain/report/content';
import { documentOf } from '@/lib/domain/report/document';
import { fittedMailOf, subjectOf } from '@/lib/domain/report/fitted-mail';
import { plainTextOf } from '@/lib/domain/report/plain-text';
import { addressesFor, pathsOf, wholeAddress } from '@/lib/outbox/addresses';
import { unsubscribeUrlsOf } from '@/lib/outbox/unsubscribe';
import type { OrgId } from '@/lib/platform/ctx';
import { logger } from '@/lib/platform/logger';
import { type Mail, type MailFile, messageIdOf } from '@/lib/platform/mail';
import { fileNameOf, MAIL_CHART_WIDTH, mailChartOf, mailPictureOf, pdfOf } from './data/pdf';

type Reader = {
  orgId: OrgId;
  personId: string;
  address: string;
  content: ReportContent;
  edition?: number | undefined;
  now: Date;
};

/** Names the picture within the mail. */
const CHART_ID = 'chart@gait';

/** The mail that brings somebody a frozen report. */
export function mailOf({ orgId, personId, address, content, edition = 1, now }: Reader): Mail {
  const { organisation, team, week, gears, answer } = content;
  const path = pathsOf(organisation.slug).report(week, team?.slug ?? '');
  const name = edition === 1 ? week : `${week}.${edition}`;
  const addresses = addressesFor(personId, now);
  const unsubscribe = unsubscribeUrlsOf({ orgId, personId, kind: 'report', teams: [team?.slug ?? ''] });
  const why = `You get this every week because of your role or your choice in ${organisation.name}.`;
  const drawn = mailChartOf(content);
  const chart = drawn && { ...drawn, src: `cid:${CHART_ID}`, shownWidth: MAIL_CHART_WIDTH };
  const { document, html } = fittedMailOf((rows) => documentOf(content, rows), {
    gears,
    chart,
    addressOf: addresses.link(organisation.slug),
    url: addresses.page(path),
    button: 'Read it in Gait',
    unsubscribeUrl: unsubscribe.page,
    why,
  });
  return {
    to: address,
    subject: subjectOf(`${week}${edition > 1 ? ', frozen again' : ''}: ${answer}`),
    text: plainTextOf(document, [
      `Read it in Gait: ${wholeAddress(path)}`,
      `${why}\nSend me no more of these: ${unsubscribe.page}`,
    ]),
    html,
    messageId: messageIdOf(`report.${name}.${team?.slug ?? 'organisation'}.${personId}`),
    unsubscribeUrl: unsubscribe.oneClick,
    files: () => filesOf(content, drawn),
  };
}

/** The chart, and the report as PDF. What cannot be drawn stays behind, and the mail goes all the same: it says everything in words. */
async function filesOf(content: ReportContent, chart: Chart | null): Promise<MailFile[]> {
  const picture = async (): Promise<MailFile[]> =>
    chart
      ? [{ name: 'chart.png', type: 'image/png', contentId: CHART_ID, content: await mailPictureOf(chart) }]
      : [];
  const pdf = async (): Promise<MailFile[]> => [
    { name: `${fileNameOf(content)}.pdf`, type: 'application/pdf', content: await pdfOf(content) },
  ];
  const files = await Promise.all(
    [picture, pdf].map((make) =>
      make().catch((error: unknown): MailFile[] => {
        const { week, organisation } = content;
        logger().error({ err: error, week, organisation: organisation.slug }, 'A mail goes without a part.');
        return [];
      }),
    ),
  );
  return files.flat();
}
