import type { News } from '@/lib/domain/notice/recipients';
import { htmlMailOf } from '@/lib/domain/report/html-mail';
import { plainTextOf } from '@/lib/domain/report/plain-text';
import type { OrgId } from '@/lib/platform/ctx';
import { type Mail, messageIdOf } from '@/lib/platform/mail';
import { addressesOf } from './addresses';
import type { Telling } from './data/telling';
import { unsubscribeUrlsOf } from './unsubscribe';

type Reader = {
  orgId: OrgId;
  personId: string;
  address: string;
  deliveryId: string;
  teams: readonly string[];
};

const WHY: Readonly<Record<Exclude<News, 'report'>, string>> = {
  alert: 'You get this at once because of your role or your choice in',
  digest: 'You get this on working days, when something waits, because you asked for it in',
};

/** The mail of an alert or a digest. */
export function noticeMailOf(
  { kind, organisation, document, url, button }: Telling,
  { orgId, personId, address, deliveryId, teams }: Reader,
): Mail {
  const news = kind === 'digest' ? 'digest' : 'alert';
  const unsubscribe = unsubscribeUrlsOf({ orgId, personId, kind: news, teams: [...teams] });
  const why = `${WHY[news]} ${organisation.name}.`;
  return {
    to: address,
    subject: document.title.replaceAll(/\s+/g, ' '),
    text: plainTextOf(document, [
      `${button}: ${url}`,
      `${why}\nSend me no more of these: ${unsubscribe.page}`,
    ]),
    html: htmlMailOf(document, {
      gears: null,
      addressOf: addressesOf(organisation.slug).addressOf,
      url,
      button,
      unsubscribeUrl: unsubscribe.page,
      why,
    }),
    messageId: messageIdOf(`${kind}.${deliveryId}`),
    unsubscribeUrl: unsubscribe.oneClick,
  };
}
