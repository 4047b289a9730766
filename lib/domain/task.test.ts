import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTask } from './task';
import { anyArrival, anyRecord, anyStory } from './testing/arbitraries';
import { aTask, type TaskStory } from './testing/builders';
import { STORY_START } from './testing/event-log';

const fold = (story: TaskStory) => foldTask(story.ref, story.events);
const opened = aTask().openedBy('claude-code');

describe('foldTask', () => {
  it('tells a whole story', () => {
    const task = fold(opened.sentBackBy('ana').pushed().approvedBy('ana').merged('ana'));
    expect(task).toMatchObject({
      state: 'merged',
      rounds: 1,
      headSha: 'head-2',
      openedAt: STORY_START,
      humanEditors: [],
      anomalies: [],
      requester: { login: 'rita', kind: 'human' },
    });
    expect(task.decidedAt).toBe(task.lastEventAt);
  });

  it('never loses a task, even with nothing but a review', () => {
    const task = fold(aTask('t').approvedBy('ana'));
    expect(task).toMatchObject({ title: null, state: 'open', openedAt: null, agent: null });
    expect(task.reviews).toHaveLength(1);
  });

  it('yields an empty task from no events at all', () => {
    expect(foldTask('t', [])).toMatchObject({ ref: 't', state: 'open', lastEventAt: 0 });
  });

  it('counts requests for changes by humans only', () => {
    expect(fold(opened.sentBackBy({ login: 'coderabbitai[bot]' }).sentBackBy('rita')).rounds).toBe(1);
  });

  it('names humans who wrote or pushed, and no machines', () => {
    const authors = [{ login: 'claude-code' }, { login: 'ben' }];
    const task = fold(aTask().openedBy('claude-code', { authors }).pushed('ana').pushed('Ana').pushed());
    expect(task.humanEditors).toEqual(['ben', 'ana']);
  });

  it('knows the agent of the task by its key, whatever it is called', () => {
    const ours = { login: 'acme-coder' };
    const task = fold(
      aTask()
        .openedBy('acme-coder', { authors: [ours] })
        .pushed(ours)
        .approvedBy(ours),
    );
    expect(task.humanEditors).toEqual([]);
    expect(task.reviews[0]).toMatchObject({ independent: false, reviewerKind: 'agent' });
  });

  it('lets a kind declared once count throughout the task', () => {
    const authors = [{ login: 'sweeper', kind: 'agent' as const }];
    expect(fold(aTask().openedBy('x', { authors }).pushed({ login: 'Sweeper' })).humanEditors).toEqual([]);
  });

  it('bars whoever pushed from then on, and not before', () => {
    const task = fold(opened.approvedBy('ana').pushed('ana').approvedBy('ana'));
    expect(task.reviews.map(({ independent }) => independent)).toEqual([true, false]);
  });

  it('bars an agent that poses as a human', () => {
    const task = fold(opened.approvedBy({ login: 'Claude-Code', kind: 'human' }));
    expect(task.reviews[0]?.independent).toBe(false);
  });

  it('bars a bot that the source calls a person, here or elsewhere in the task', () => {
    const bot = { login: 'acme-review[bot]' };
    const task = fold(
      opened
        .pushed({ ...bot, kind: 'human' })
        .approvedBy({ ...bot, kind: 'human' })
        .sentBackBy(bot),
    );
    expect(task.reviews.map(({ independent, reviewerKind }) => [independent, reviewerKind])).toEqual([
      [false, 'bot'],
      [false, 'bot'],
    ]);
    expect(task.reviews[0]?.independentReason).toContain('whatever the source says');
    expect(task).toMatchObject({ humanEditors: [], rounds: 0 });
  });

  it('bars everyone who was ever named as requester', () => {
    const task = fold(opened.updated({ requester: { login: 'ana' } }).approvedBy('ana'));
    expect(task.reviews[0]?.independent).toBe(false);
    expect(task.requester?.login).toBe('rita');
  });
});

describe('laws of foldTask', () => {
  it('neither the order of arrival nor a repeat changes it', () => {
    fc.assert(
      fc.property(anyArrival, ({ record, arrived }) => {
        expect(foldTask('task-1', arrived)).toEqual(foldTask('task-1', record));
      }),
    );
  });

  it('is total, and keeps to itself', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const task = foldTask('task-1', record);
        expect(task.decidedAt === null).toBe(task.state === 'open');
        expect(new Set(task.reviews.map(({ ref }) => ref)).size).toBe(task.reviews.length);
        for (const sentence of task.anomalies) expect(sentence).toMatch(/\.$/);
      }),
      { numRuns: 300 },
    );
  });

  it('a merge stands whatever follows', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const wasMerged = record.some(
          (event) => event.type === 'dev.gait.task.merged.v1' && event.data.task.ref === 'task-1',
        );
        expect(foldTask('task-1', record).state === 'merged').toBe(wasMerged);
      }),
    );
  });

  it('nobody who made the change reviews it independently', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyRecord,
          anyStory.map(({ events }) => events),
        ),
        (events) => {
          const { requester, authors, submissions } = foldTask('task-1', events);
          const makers = [...(requester ? [requester] : []), ...authors].map(({ login }) =>
            login.toLowerCase(),
          );
          for (const { reviewer, independent, reviewerKind } of submissions) {
            if (makers.includes(reviewer.toLowerCase()) || reviewerKind !== 'human')
              expect(independent).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
