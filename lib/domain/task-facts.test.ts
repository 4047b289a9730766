import { describe, expect, it } from 'vitest';
import { inRecordOrder } from './record';
import { mergeFacts } from './task-facts';
import { aTask, type TaskStory } from './testing/builders';

const factsOf = (story: TaskStory) => mergeFacts(story.ref, inRecordOrder(story.events));

describe('mergeFacts', () => {
  it('lets the latest report win that says something', () => {
    const { facts, anomalies } = factsOf(
      aTask()
        .openedBy('claude-code', { title: 'Old', labels: ['bug'], paths: ['a.ts'], additions: 1, files: 1 })
        .updated({ title: 'New', labels: [], additions: 0 })
        .updated({ deletions: 4 }),
    );
    expect(facts).toMatchObject({
      title: 'New',
      labels: [],
      paths: ['a.ts'],
      additions: 0,
      deletions: 4,
      files: 1,
      url: null,
    });
    expect(anomalies).toEqual([]);
  });

  it('lets the first agent, requester, repository and team stand, and says what contradicts them', () => {
    const { facts, people, anomalies } = factsOf(
      aTask()
        .openedBy('codex', { repository: 'acme/web', team: 'Web' })
        .updated({
          agent: { key: 'cursor' },
          requester: { login: 'otto' },
          repository: 'ACME/web',
          team: 'Apps',
        }),
    );
    expect([facts.agent?.key, people.requester?.login, facts.repository, facts.team]).toEqual([
      'codex',
      'rita',
      'acme/web',
      'Web',
    ]);
    expect(people.otherRequesters).toEqual([{ login: 'otto' }]);
    expect(anomalies).toEqual([
      'The agent was first reported as "codex" and later as "cursor"; the first stands.',
      'The requester was first reported as "rita" and later as "otto"; the first stands.',
      'The team was first reported as "Web" and later as "Apps"; the first stands.',
    ]);
  });

  it('fills gaps about the same agent only', () => {
    const { facts } = factsOf(
      aTask()
        .openedBy('codex')
        .updated({ agent: { key: 'cursor', model: 'm-9' } })
        .updated({ agent: { key: 'Codex', model: 'm-1' } }),
    );
    expect(facts.agent).toEqual({ key: 'codex', name: null, vendor: null, model: 'm-1', version: null });
  });

  it('keeps the latest override, and has no title where nobody gave one', () => {
    const { facts } = factsOf(aTask('t').classifiedAs('docs').classifiedAs('tests', 'ana', 'It adds tests.'));
    expect(facts.override).toMatchObject({ category: 'tests', by: 'ana', reason: 'It adds tests.' });
    expect(facts.title).toBeNull();
  });
});
