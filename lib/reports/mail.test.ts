import { expect, it } from 'vitest';
import { aReport, aReportLane, aReportTeam } from '@/lib/domain/report/testing';
import { vouchForOrg } from '@/lib/platform/ctx';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { mailOf } from './mail';

it('the mail of an organisation with hundreds of teams is shown whole: Gmail cuts what is longer than 102 KiB', () => {
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  });
  const names = Array.from({ length: 200 }, (_, n) => ({ slug: `team-${n}`, name: `Team ${n}` }));
  const kinds = ['tests', 'docs', 'dependency-updates', 'bug-fixes', 'features'];
  const lanes = names.flatMap((team) =>
    kinds.map((kind) => aReportLane({ team, category: { slug: kind, name: kind } })),
  );
  const content = aReport({
    team: null,
    lanes,
    teams: names.map((team) => aReportTeam({ team })),
    waiting: lanes.map((lane) => ({
      ...lane,
      id: newId(),
      from: 'crawl',
      to: 'walk',
      openedAt: '2026-11-01T00:00:00.000Z',
      days: 15,
      approvals: [],
      approvalsNeeded: 1,
    })),
  });
  const mail = mailOf({
    orgId: vouchForOrg(newId()),
    personId: newId(),
    address: 'olga@acme.example',
    content,
    now: new Date('2026-11-23T08:00:00Z'),
  });
  expect(mail.html?.length).toBeGreaterThan(20_000);
  expect(Buffer.byteLength(mail.html ?? '')).toBeLessThan(102 * 1024);
});
