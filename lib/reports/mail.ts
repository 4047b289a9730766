import type { ReportContent } from '@/lib/domain/report/content';
import { documentOf } from '@/lib/domain/report/document';
import { htmlMailOf } from '@/lib/domain/report/html-mail';
import { plainTextOf } from '@/lib/domain/report/plain-text';
import { addressesFor, pathsOf, wholeAddress } from '@/lib/outbox/addresses';
import { unsubscribeUrlsOf } from '@/lib/outbox/unsubscribe';
import type { OrgId } from '@/lib/platform/ctx';
import { type Mail, messageIdOf } from '@/lib/platform/mail';

type Reader = { orgId: OrgId; personId: string; address: string; content: ReportContent; now: Date };

/** The mail that brings somebody a frozen report. */
export function mailOf({ orgId, personId, address, content, now }: Reader): Mail {
  const { organisation, team, week, gears, answer } = content;
  const path = pathsOf(organisation.slug).report(week, team?.slug ?? '');
  const addresses = addressesFor(personId, now);
  const unsubscribe = unsubscribeUrlsOf({ orgId, personId, kind: 'report', teams: [team?.slug ?? ''] });
  const why = `You get this every week because of your role or your choice in ${organisation.name}.`;
  const document = documentOf(content);
  return {
    to: address,
    subject: `${week}: ${answer}`.replaceAll(/\s+/g, ' '),
    text: plainTextOf(document, [
      `Read it in Gait: ${wholeAddress(path)}`,
      `${why}\nSend me no more of these: ${unsubscribe.page}`,
    ]),
    html: htmlMailOf(document, {
      gears,
      addressOf: addresses.link(organisation.slug),
      url: addresses.page(path),
      button: 'Read it in Gait',
      unsubscribeUrl: unsubscribe.page,
      why,
    }),
    messageId: messageIdOf(`report.${week}.${team?.slug ?? 'organisation'}.${personId}`),
    unsubscribeUrl: unsubscribe.oneClick,
  };
}
