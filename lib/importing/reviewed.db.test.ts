import { expect, it } from 'vitest';
import { aTask } from '@/lib/domain/testing/builders';
import { projectAll } from '@/lib/projection/projector';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation } from '@/lib/testing/organisation';
import { theRecord } from '@/lib/testing/record';
import { countReviewed } from './data';

aTestDatabase();

it('counts the decided tasks of one source, and those that somebody independent reviewed', async () => {
  const org = await anOrganisation();
  const from = (ref: string) =>
    aTask(ref)
      .at(org.clock.now().getTime() - 86_400_000)
      .openedBy('codex');
  const merged = from('a#1').approvedBy('ana').merged('ana');
  const unreviewed = from('a#2').merged('ana');
  const open = from('a#3');
  const other = from('b#1').approvedBy('ana').merged('ana');
  const under = (source: string, stories: (typeof merged)[]) =>
    stories.flatMap(({ events }) => events.map((event) => ({ ...event, source })));
  await theRecord(org.ctx, under('import:a', [merged, unreviewed, open]), under('import:b', [other]));
  await projectAll(org.clock);
  expect(await countReviewed(org.orgId, 'import:a')).toEqual({ decided: 2, reviewed: 1 });
  expect(await countReviewed(org.orgId, 'import:none')).toEqual({ decided: 0, reviewed: 0 });
});
