import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOME_LABELS, OUTCOME_SCORES, observe, whyNoObservation } from './outcome';
import { foldTask } from './task';
import { anyArrival, anyRecord, anyStory } from './testing/arbitraries';
import { aTask, type TaskStory } from './testing/builders';

const fold = (story: TaskStory) => foldTask(story.ref, story.events);
const see = (story: TaskStory) => observe(fold(story));
const opened = aTask().openedBy('claude-code');
const bot = { login: 'stale[bot]' };

describe('observe', () => {
  it.each<[string, TaskStory, string]>([
    ['approved_unchanged', opened.approvedBy('ana').merged(), 'Merged after ana approved it unchanged.'],
    [
      'approved_with_edits',
      opened.approvedBy('ana').pushed().merged(),
      'Merged after ana approved it, but commits were pushed after the first verdict.',
    ],
    [
      'approved_with_edits',
      opened.pushed('ben').approvedBy('ana').merged(),
      'Merged after ana approved it, but ben edited it by hand.',
    ],
    [
      'changes_requested',
      opened.sentBackBy('ana').pushed().approvedBy('ana').merged(),
      'Merged after ana requested changes.',
    ],
    [
      'changes_requested',
      opened.sentBackBy('ana').sentBackBy('ben').approvedBy('ana').merged(),
      'Merged after ana and ben requested changes 2 times.',
    ],
    ['rejected', opened.closed({ by: 'ana' }), 'Closed without a merge by ana.'],
    [
      'rejected',
      opened.closed(),
      'Closed without a merge; who closed it was not reported, so it counts as rejected.',
    ],
    [
      'rejected',
      opened.approvedBy('ana').closed({ cause: 'inactivity' }),
      'Closed for inactivity without a merge after ana approved it, so it counts as rejected.',
    ],
    [
      'withdrawn',
      opened.closed({ cause: 'inactivity' }),
      'Closed for inactivity before any person gave a verdict.',
    ],
    ['withdrawn', opened.closed({ by: bot }), 'Closed by stale[bot] before any person gave a verdict.'],
    ['unreviewed', opened.merged(), 'Merged without any review.'],
    [
      'unreviewed',
      opened.approvedBy('rita').merged(),
      'Merged without an independent review: rita asked for the change.',
    ],
    [
      'unreviewed',
      opened.approvedBy('ana').dismissed().merged(),
      'Merged without an independent review: the approval by ana was dismissed.',
    ],
    [
      'unreviewed',
      opened.commentedBy('ana').merged(),
      'Merged without an independent review: there were comments, but no verdict.',
    ],
    [
      'unreviewed',
      opened.merged().approvedBy('ana'),
      'Merged without an independent review: ana gave a verdict only afterwards.',
    ],
  ])('%s: %#', (outcome, story, reason) => {
    expect(see(story)).toMatchObject({ outcome, reason });
  });

  it('takes an approval of another commit than the merged one for stale', () => {
    expect(see(opened.approvedBy('ana', { headSha: 'other' }).merged())?.outcome).toBe('approved_with_edits');
    expect(see(opened.approvedBy('ana').merged('ana', { headSha: 'other' }))?.outcome).toBe(
      'approved_with_edits',
    );
  });

  it('goes by time where the head of the verdict is not known', () => {
    const known = opened.approvedBy('ana', { headSha: null });
    expect(see(known.merged())?.outcome).toBe('approved_unchanged');
    expect(see(known.pushed().merged())?.outcome).toBe('approved_with_edits');
  });

  it('keeps "sent back" even when it was dismissed, replaced, or said by the requester', () => {
    expect(see(opened.sentBackBy('ana').dismissed().approvedBy('ben').merged())?.score).toBe(0.3);
    expect(see(opened.sentBackBy('rita').approvedBy('ben').merged())?.score).toBe(0.3);
    const replaced = opened.sentBackBy('ana', { ref: 'r' }).approvedBy('ana', { ref: 'r' }).merged();
    expect(see(replaced)?.score).toBe(0.3);
  });

  it('does not take a machine for someone who sends back or decides', () => {
    const machine = { login: 'coderabbitai[bot]' };
    expect(see(opened.sentBackBy(machine).approvedBy('ana').merged())?.score).toBe(1);
    expect(see(opened.approvedBy(machine).merged())).toMatchObject({
      outcome: 'unreviewed',
      reviewed: false,
    });
    expect(see(opened.sentBackBy(machine).closed({ cause: 'agent' }))?.outcome).toBe('withdrawn');
  });

  it('believes a person who is named over the word "agent"', () => {
    expect(see(opened.closed({ by: 'ana', cause: 'agent' }))?.outcome).toBe('rejected');
    expect(see(opened.closed({ by: 'ana', cause: 'inactivity' }))?.outcome).toBe('withdrawn');
  });

  it('counts a verdict after the merge only of a task that was drawn for it, from then on', () => {
    const task = fold(opened.merged().after({ days: 2 }).approvedBy('ana'));
    expect(observe(task)).toMatchObject({ reviewed: false, score: null, at: task.mergedAt });
    const drawn = observe(task, { drawnForReview: true });
    expect(drawn).toMatchObject({ reviewed: true, score: 1, at: task.lastEventAt });
  });

  it('says why it says nothing', () => {
    expect(whyNoObservation(fold(opened))).toBe('It is not decided yet.');
    const human = fold(aTask().openedBy(null).approvedBy('ana').merged());
    expect(observe(human)).toBeNull();
    expect(whyNoObservation(human)).toContain('No agent was named');
  });
});

describe('hasty', () => {
  const hasty = (story: TaskStory) => see(story)?.hasty;

  it('is an approval within 60 seconds of the opening or the last push', () => {
    expect(hasty(opened.after({ seconds: 60 }).approvedBy('ana').merged())).toBe(true);
    expect(hasty(opened.after({ seconds: 61 }).approvedBy('ana').merged())).toBe(false);
    expect(hasty(opened.pushed().after({ seconds: 5 }).approvedBy('ana').merged())).toBe(true);
  });

  it('is not asked of a tiny change, or of one that was sent back', () => {
    const sized = (additions: number) =>
      aTask().openedBy('codex', { additions, deletions: 1 }).after({ seconds: 5 }).approvedBy('ana').merged();
    expect([hasty(sized(19)), hasty(sized(20))]).toEqual([false, true]);
    expect(hasty(opened.after({ seconds: 5 }).sentBackBy('ana').approvedBy('ana').merged())).toBe(false);
  });
});

describe('laws of observe', () => {
  const anyEvents = fc.oneof(
    anyRecord,
    anyStory.map(({ events }) => events),
  );
  const seen = fc.tuple(anyEvents, fc.boolean()).map(([events, drawnForReview]) => {
    const task = foldTask('task-1', events);
    return { task, observation: observe(task, { drawnForReview }) };
  });

  it('there is one for each decided task of an agent, and none for others', () => {
    fc.assert(
      fc.property(seen, ({ task, observation }) => {
        expect(observation === null).toBe(task.decidedAt === null || task.agent === null);
        expect(observation === null).toBe(whyNoObservation(task) !== null);
      }),
    );
  });

  it('scores lie in [0,1] or are none, and go with the outcome', () => {
    fc.assert(
      fc.property(seen, ({ task, observation }) => {
        if (!observation) return;
        const { outcome, score, at, reason } = observation;
        expect(score).toBe(OUTCOME_SCORES[outcome]);
        if (score !== null) expect(score >= 0 && score <= 1).toBe(true);
        expect(OUTCOME_LABELS[outcome]).toMatch(/^[A-Z]/);
        expect(reason).toMatch(/\.$/);
        expect(at).toBeGreaterThanOrEqual(task.decidedAt ?? 0);
      }),
    );
  });

  it('a merge gives evidence only with an independent verdict', () => {
    fc.assert(
      fc.property(seen, ({ task, observation }) => {
        if (!observation) return;
        const independent = task.submissions.some((one) => one.independent && one.verdict !== 'commented');
        if (!independent) expect(observation.reviewed).toBe(false);
        if (observation.merged) expect(observation.score !== null).toBe(observation.reviewed);
      }),
      { numRuns: 300 },
    );
  });

  it('the order of arrival does not matter', () => {
    fc.assert(
      fc.property(anyArrival, ({ record, arrived }) => {
        expect(observe(foldTask('task-1', arrived))).toEqual(observe(foldTask('task-1', record)));
      }),
    );
  });

  it("nobody's approval of their own work makes evidence", () => {
    const maker = fc.constantFrom('rita', 'RITA', 'ben', 'claude-code', '@ben');
    fc.assert(
      fc.property(fc.array(maker, { maxLength: 5 }), (makers) => {
        const authors = [{ login: 'ben' }, { login: 'claude-code' }];
        const start = aTask().openedBy('claude-code', { authors });
        const story = makers.reduce((told, who) => told.approvedBy({ login: who, kind: 'human' }), start);
        expect(see(story.merged())).toMatchObject({ outcome: 'unreviewed', score: null, reviewed: false });
      }),
    );
  });
});
