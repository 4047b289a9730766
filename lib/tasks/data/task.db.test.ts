import { expect, it } from 'vitest';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { getLane } from '@/lib/lanes/data/lane';
import { getOrganisation } from '@/lib/organisations/data';
import { projectAll } from '@/lib/projection/projector';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { getTask } from './task';

aTestDatabase();

const DAY_MS = 86_400_000;
const at = (days: number) => STORY_START + days * DAY_MS;
/** Opened, approved, merged, ten minutes apart. */
const MERGED_MS = 20 * 60_000;
const facts = { team: 'Payments', category: 'tests' };

it('a task that is charged before it matures says that it counts, when, and with 0', async () => {
  const org = await anOrganisation();
  const reviewed = aTask('t#1').openedBy('codex', facts).approvedBy('ana').merged('ana');
  const unreviewed = aTask('t#2').openedBy('codex', facts).merged('rita');
  await theRecord(
    org.ctx,
    reviewed.at(at(3)).reverted('ben'),
    unreviewed,
    anIncident('pd:7').at(at(5)).opened('SEV3').at(at(5)).linkedTo('t#2', 'confirmed', { by: 'lena' }),
  );
  await projectAll(org.clock);
  const now = new Date(at(6));
  expect(await getTask(org.orgId, 't#1', now)).toMatchObject({
    score: 0,
    standing: { kind: 'maturing', at: new Date(at(14) + MERGED_MS).toISOString() },
    outcomeReason:
      'Merged after ana approved it unchanged. It was reverted. Once it has matured, it counts as 0.',
  });
  expect(await getTask(org.orgId, 't#2', now)).toMatchObject({
    score: 0,
    standing: { kind: 'maturing', at: new Date(at(5 + 14)).toISOString() },
    outcomeReason:
      'Merged without any review. An incident is charged to it. Once it has matured, it counts as 0.',
  });
  const lane = await getLane(org.orgId, await getOrganisation(org.orgId), 'payments', 'tests', now);
  expect(lane?.evidence.map(({ ref, standing }) => [ref, standing.at])).toEqual(
    expect.arrayContaining([
      ['t#1', new Date(at(14) + MERGED_MS).toISOString()],
      ['t#2', new Date(at(19)).toISOString()],
    ]),
  );
});
