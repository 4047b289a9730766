import type { News } from '@/lib/domain/notice/recipients';
import { fittedMailOf, subjectOf } from '@/lib/domain/report/fitted-mail';
import { plainTextOf } from '@/lib/domain/report/plain-text';
import type { OrgId } from '@/lib/platform/ctx';
import { type Mail, messageIdOf } from '@/lib/platform/mail';
import { addressesFor, wholeAddress } from './addresses';
import type { Telling } from './data/telling';
import { unsubscribeUrlsOf } from './unsubscribe';

type Reader = {
  now: Date;
  orgId: OrgId;
  personId: string;
  address: string;
  deliveryId: string;
  teams: readonly string[];
};

const WHY: Readonly<Record<Exclude<News, 'report'> | 'audit', string>> = {
  alert: 'You get this at once because of your role or your choice in',
  audit: 'You get this because you may read the audit log of',
  digest: 'You get this on working days, when something waits, because you asked for it in',
};

/** The mail of an alert or a digest. */
export function noticeMailOf(
  { kind, organisation, document: whole, path, button }: Telling,
  { orgId, personId, address, deliveryId, teams, now }: Reader,
): Mail {
  const isAudit = kind === 'audit';
  const news = kind === 'digest' ? 'digest' : 'alert';
  // Who wants a digest has said so for the organisation, whichever teams it is about.
  const ended = news === 'digest' ? [''] : [...teams];
  // Nobody turns off word that the log was tampered with.
  const unsubscribe = isAudit
    ? null
    : unsubscribeUrlsOf({ orgId, personId, kind: news, teams: ended }, deliveryId);
  const addresses = addressesFor(personId, now);
  const why = `${WHY[isAudit ? 'audit' : news]} ${organisation.name}.`;
  const { document, html } = fittedMailOf(() => whole, {
    gears: null,
    chart: null,
    addressOf: addresses.link(organisation.slug),
    url: addresses.page(path),
    button,
    unsubscribeUrl: unsubscribe?.page ?? null,
    why,
  });
  return {
    to: address,
    subject: subjectOf(document.title),
    text: plainTextOf(document, [
      `${button}: ${wholeAddress(path)}`,
      unsubscribe ? `${why}\nSend me no more of these: ${unsubscribe.page}` : why,
    ]),
    html,
    messageId: messageIdOf(`${kind}.${deliveryId}`),
    ...(unsubscribe && { unsubscribeUrl: unsubscribe.oneClick }),
  };
}
