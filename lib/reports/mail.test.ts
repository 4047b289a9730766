import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RECEIVER_LIMITS } from '@/lib/domain/notice/receiver-limits';
import type { ReportContent } from '@/lib/domain/report/content';
import { anyReportSize, aReportOfSize, LARGE_REPORT } from '@/lib/domain/testing/any-report';
import { vouchForOrg } from '@/lib/platform/ctx';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import type { Mail } from '@/lib/platform/mail';
import { mailOf } from './mail';

beforeAll(() => {
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  });
});

const [orgId, personId] = [vouchForOrg(newId()), newId()];

const mailed = (content: ReportContent) =>
  mailOf({ orgId, personId, address: 'olga@acme.example', content, now: new Date('2026-11-23T08:00:00Z') });

function expectReceiversTake({ html = '', subject, unsubscribeUrl }: Mail): void {
  const { mailHtml, mailStyle, mailSubject, mailHeaderLine } = RECEIVER_LIMITS;
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(mailHtml.ours);
  for (const [style] of html.matchAll(/<style>.*?<\/style>/gs))
    expect(style.length).toBeLessThanOrEqual(mailStyle.ours);
  expect(Buffer.byteLength(subject)).toBeLessThanOrEqual(mailSubject.ours);
  expect(Buffer.byteLength(`List-Unsubscribe: <${unsubscribeUrl}>`)).toBeLessThanOrEqual(mailHeaderLine.ours);
  expect(html.slice(-1_000), 'the way out is at the end').toContain(
    'https://gait.acme.example/unsubscribe?of=',
  );
}

describe('the mail of 24 teams with long names', () => {
  const ofReasons = (reason: string) => mailed(aReportOfSize({ ...LARGE_REPORT, reason }));

  it('is shown whole by Gmail, with 20 rows of each table', () => {
    const mail = ofReasons('Proven for walk.');
    expectReceiversTake(mail);
    expect(mail.html?.includes('Shown are 20 of 24 teams')).toBe(true);
  });

  it('is shown whole by Gmail where reasons are as long as they may be', () => {
    expectReceiversTake(ofReasons(LARGE_REPORT.reason));
  });

  it('says how much more there is, and where', () => {
    const more = /<a [^>]*href="https:\/\/gait\.acme\.example\/[^"]+"[^>]*>and 4 more<\/a>/;
    expect(more.test(ofReasons('Proven for walk.').html ?? '')).toBe(true);
  });
});

it('whatever the size and writing of a report, receivers take its mail whole', () => {
  fc.assert(
    fc.property(anyReportSize(300), fc.boolean(), (size, isOfTeam) => {
      expectReceiversTake(mailed(aReportOfSize(size, isOfTeam)));
    }),
    { numRuns: 40 },
  );
});
