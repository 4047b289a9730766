import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, DEFAULT_CATEGORIES, UNCLASSIFIED } from './category';
import { noteOn } from './event-note';
import { aTask, type ReportedFacts } from './testing/builders';

const AGENT = 'No agent is named, so the task is kept but not counted, unless another event names one.';
const REQUESTER =
  'No requester is named, so nobody can be excluded for having asked for the change, unless another event names one.';

/** The note on the last event of a story. */
function noteOfLast({
  events,
}: {
  events: Parameters<typeof noteOn>[0][] | readonly Parameters<typeof noteOn>[0][];
}) {
  const last = events.at(-1);
  if (!last) throw new Error('A story has a beginning.');
  return noteOn(last);
}
const opened = (facts: ReportedFacts = {}) => aTask().openedBy('codex', facts);
const ofCategory = (category: string) => noteOfLast(opened({ category }));

describe('noteOn', () => {
  it('has nothing to say of an opening that names agent and requester', () => {
    expect(noteOfLast(opened())).toBeNull();
    expect(noteOfLast(opened({ category: 'tests' }))).toBeNull();
  });

  it('says what an opening lacks, both in one note', () => {
    expect(noteOfLast(aTask().openedBy(null))).toBe(AGENT);
    expect(noteOfLast(opened({ requester: undefined }))).toBe(REQUESTER);
    expect(noteOfLast(aTask().openedBy(null, { requester: undefined }))).toBe(`${AGENT} ${REQUESTER}`);
  });

  it('expects neither of later events: the opening may have named them', () => {
    const story = opened();
    for (const later of [
      story.merged('ana'),
      story.closed(),
      story.updated({ title: 'x' }),
      story.reverted(),
    ])
      expect(noteOfLast(later)).toBeNull();
    expect(noteOfLast(story.approvedBy('ana'))).toBeNull();
  });

  it('says of each report whose kind of work is not known that Gait sorts the task', () => {
    const said = '"cleanup" is not a kind of work that Gait knows; Gait sorts the task itself.';
    const story = opened({ category: 'cleanup' });
    expect(noteOfLast(story)).toBe(said);
    expect(noteOfLast(opened().updated({ category: 'cleanup' }))).toBe(said);
    expect(noteOfLast(opened().merged('ana', { category: 'cleanup' }))).toBe(said);
    expect(noteOfLast(opened({ category: 'cleanup', requester: undefined }))).toBe(`${REQUESTER} ${said}`);
  });

  it.each(['tests', ' Tests ', 'feat', 'FIX', UNCLASSIFIED])('knows "%s"', (category) => {
    expect(ofCategory(category)).toBeNull();
  });

  it('says so exactly where the source’s word does not decide', () => {
    const word = fc.oneof(
      fc.constantFrom(
        ...DEFAULT_CATEGORIES.map(({ key }) => key),
        'feat',
        'style',
        'constructor',
        '__proto__',
      ),
      fc.string({ minLength: 1, maxLength: 20 }),
    );
    fc.assert(
      fc.property(word, (givenCategory) => {
        const facts = { title: 'Do it', labels: [], paths: [], givenCategory, override: null };
        const { reason } = classify(facts, DEFAULT_CATEGORIES);
        const isTaken = reason.startsWith('It was recorded as');
        const isAtALoss = givenCategory.trim().toLowerCase() === UNCLASSIFIED;
        expect(ofCategory(givenCategory) === null).toBe(isTaken || isAtALoss);
      }),
    );
  });
});
