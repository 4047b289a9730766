import { encodePart } from '@/lib/domain/encode-part';
import type { ReportContent } from '@/lib/domain/report/content';
import { documentOf, type ReportLink } from '@/lib/domain/report/document';
import { htmlMailOf } from '@/lib/domain/report/html-mail';
import { plainTextOf } from '@/lib/domain/report/plain-text';
import type { OrgId } from '@/lib/platform/ctx';
import { publicUrl } from '@/lib/platform/env';
import { type Mail, messageIdOf } from '@/lib/platform/mail';
import { unsubscribeUrlsOf } from './unsubscribe';

type Reader = { orgId: OrgId; personId: string; address: string; content: ReportContent };

/** The mail that brings somebody a frozen report. */
export function mailOf({ orgId, personId, address, content }: Reader): Mail {
  const { organisation, team, week, gears, answer } = content;
  const home = `${publicUrl()}/${encodePart(organisation.slug)}`;
  const reportUrl = `${home}/reports/${week}${team ? `?team=${encodeURIComponent(team.slug)}` : ''}`;
  const unsubscribe = unsubscribeUrlsOf({ orgId, personId, team: team?.slug ?? '' });
  const why = `You get this every week because of your role or your choice in ${organisation.name}.`;
  const document = documentOf(content);
  const addressOf = (link: ReportLink) => home + pathOf(link);
  return {
    to: address,
    subject: `${week}: ${answer}`.replaceAll(/\s+/g, ' '),
    text: plainTextOf(document, [
      `Read it in Gait: ${reportUrl}`,
      `${why}\nSend me no more of these: ${unsubscribe.page}`,
    ]),
    html: htmlMailOf(document, { gears, addressOf, reportUrl, unsubscribeUrl: unsubscribe.page, why }),
    messageId: messageIdOf(`report.${week}.${team?.slug ?? 'organisation'}.${personId}`),
    unsubscribeUrl: unsubscribe.oneClick,
  };
}

/** Within the organisation's pages, as `components/layout/paths` has them. */
function pathOf(link: ReportLink): string {
  switch (link.to) {
    case 'lane':
    case 'tasks':
      return `/lanes/${encodePart(link.team)}/${encodePart(link.category)}`;
    case 'team':
      return `/teams/${encodePart(link.team)}`;
    case 'decision':
      return `/decisions/${encodePart(link.id)}`;
    case 'incident':
      return '/incidents';
    case 'agents':
      return '/agents';
    default:
      return link satisfies never;
  }
}
