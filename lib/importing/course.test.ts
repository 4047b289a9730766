import { describe, expect, it } from 'vitest';
import { courseOf } from './course';
import type { TimelineEntry, TimelineKind } from './read-timeline';

const START = Date.UTC(2025, 5, 1, 9);
const at = (minutes: number) => START + minutes * 60_000;

function entry(
  kind: TimelineKind | 'other',
  minutes?: number,
  rest: Partial<TimelineEntry> = {},
): TimelineEntry {
  return {
    kind,
    at: minutes === undefined ? undefined : at(minutes),
    actor: undefined,
    sha: undefined,
    label: undefined,
    ...rest,
  };
}
const commit = (sha: string) => entry('committed', undefined, { sha });
const reviewed = (sha: string) => entry('reviewed', undefined, { sha });

const MERGED = { state: 'merged', createdAt: START, decidedAt: at(60) } as const;
const OPEN = { state: 'open', createdAt: START, decidedAt: undefined } as const;

describe('courseOf', () => {
  it('takes the first commits for the opening, and dates later ones by what stands before them', () => {
    const entries = [
      commit('aaaaaaa'),
      commit('bbbbbbb'),
      entry('other', 5),
      commit('ccccccc'),
      commit('ddddddd'),
      entry('other', 9),
    ];
    expect(courseOf(OPEN, entries, [])).toMatchObject({
      firstHead: 'bbbbbbb',
      pushes: [{ at: at(5), headSha: 'ddddddd', by: undefined }],
    });
  });

  it('knows that a commit came after a review by the review in between', () => {
    const entries = [
      commit('aaaaaaa'),
      reviewed('aaaaaaa'),
      commit('bbbbbbb'),
      entry('merged', 60, { actor: 'rita' }),
    ];
    const course = courseOf(MERGED, entries, [{ id: 'r1', submittedAt: at(20) }]);
    expect(course.pushes).toEqual([{ at: at(20), headSha: 'bbbbbbb', by: undefined }]);
    expect([...course.reviewedHeads]).toEqual([['r1', 'aaaaaaa']]);
    expect(course.decidedBy).toBe('rita');
  });

  it('does not guess which review is which when their numbers differ', () => {
    const course = courseOf(MERGED, [commit('aaaaaaa'), reviewed('aaaaaaa'), entry('merged', 60)], []);
    expect(course.reviewedHeads.size).toBe(0);
  });

  it('leaves out what was committed after the merge', () => {
    expect(courseOf(MERGED, [commit('aaaaaaa'), entry('merged', 60), commit('bbbbbbb')], []).pushes).toEqual(
      [],
    );
  });

  it('dates rewritten commits by the push that brought them', () => {
    const push = entry('head_ref_force_pushed', 30, { sha: 'bbbbbbb', actor: 'rita' });
    expect(courseOf(OPEN, [commit('bbbbbbb'), push], [])).toMatchObject({
      firstHead: undefined,
      pushes: [{ at: at(30), headSha: 'bbbbbbb', by: 'rita' }],
    });
  });

  it('keeps the labels it bore in the end', () => {
    const label = (kind: TimelineKind, minutes: number, name: string) =>
      entry(kind, minutes, { label: name });
    const entries = [label('labeled', 1, 'wip'), label('labeled', 2, 'bug'), label('unlabeled', 3, 'wip')];
    expect(courseOf(OPEN, entries, []).labels).toEqual({ at: at(3), names: ['bug'] });
  });

  it('takes the closer at the time of the closing, not one of an earlier closing', () => {
    const entries = [
      entry('closed', 10, { actor: 'ana' }),
      entry('reopened', 11, { actor: 'ana' }),
      entry('closed', 60.02, { actor: 'ben' }),
    ];
    expect(courseOf({ ...MERGED, state: 'closed' }, entries, []).decidedBy).toBe('ben');
  });

  it.each([
    [
      'merged in the timeline only',
      OPEN,
      [entry('merged', 5), entry('closed', 5)],
      ['merged_in_timeline_only'],
    ],
    ['merged in the table only', MERGED, [entry('closed', 60)], ['merged_in_table_only']],
    ['closed in the timeline only', OPEN, [entry('closed', 5)], ['closed_in_timeline_only']],
    ['closed and reopened', OPEN, [entry('closed', 5), entry('reopened', 6)], []],
  ] as const)('notes %s', (_, pr, entries, expected) => {
    expect(courseOf(pr, entries, []).contradictions).toEqual(expected);
  });

  it.each([
    ['entries are not in the order of time', [entry('other', 9), commit('aaaaaaa'), entry('other', 5)], true],
    ['entries are scattered over the file', [commit('aaaaaaa'), entry('other', 9)], false],
  ])('dates no commits when %s, and says so', (_, entries, isContiguous) => {
    const course = courseOf(OPEN, entries, [], isContiguous);
    expect(course).toMatchObject({ firstHead: undefined, pushes: [], contradictions: ['out_of_order'] });
  });
});
