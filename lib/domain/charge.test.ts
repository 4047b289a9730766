import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargesOf, worthOf } from './charge';
import { foldLinks, type IncidentLinkFact } from './incident';
import { observe } from './outcome';
import { foldTask } from './task';
import { anyRecord } from './testing/arbitraries';
import { anIncident, aTask, type TaskStory } from './testing/builders';

const DAY = 86_400_000;
const fold = (story: TaskStory) => foldTask(story.ref, story.events);
const merged = aTask().openedBy('claude-code').approvedBy('ana').merged();
const decidedAt = fold(merged).decidedAt ?? 0;

const link: IncidentLinkFact = {
  incidentRef: 'pd:7',
  status: 'confirmed',
  linkedAt: decidedAt + DAY,
  severity: 'SEV2',
  cause: null,
};

describe('chargesOf', () => {
  it('charges a revert and each confirmed incident once, oldest first', () => {
    const task = fold(merged.after({ days: 2 }).reverted('ana'));
    expect(chargesOf(task, [link, link])).toEqual([
      { key: 'pd:7', kind: 'incident', at: decidedAt + DAY, severity: 'SEV2' },
      { key: 'revert', kind: 'revert', at: decidedAt + 2 * DAY, severity: null },
    ]);
  });

  it('charges an incident of which nobody has said how grave it is as the lightest', () => {
    const [charge] = chargesOf(fold(merged), [{ ...link, severity: null }]);
    expect(charge?.severity).toBe('SEV4');
  });

  it('charges nothing that is suggested, rejected or unrelated', () => {
    const links: IncidentLinkFact[] = [
      { ...link, status: 'suggested' },
      { ...link, status: 'rejected' },
      { ...link, cause: 'unrelated' },
    ];
    expect(chargesOf(fold(merged), links)).toEqual([]);
  });

  it('charges nothing before the decision, nor to undecided tasks, nor to people', () => {
    const [early] = chargesOf(fold(merged), [{ ...link, linkedAt: 0 }]);
    expect(early?.at).toBe(decidedAt);
    expect(chargesOf(fold(aTask().openedBy('codex')), [link])).toEqual([]);
    expect(chargesOf(fold(aTask().openedBy(null).merged().reverted()), [link])).toEqual([]);
  });

  it('charges no revert to what was never merged', () => {
    expect(chargesOf(fold(aTask().openedBy('codex').closed().reverted()), [])).toEqual([]);
  });

  it('tells an incident called "revert" from a revert', () => {
    const keys = chargesOf(fold(merged.reverted()), [{ ...link, incidentRef: 'revert' }]).map(
      ({ key }) => key,
    );
    expect(keys).toEqual(['revert', 'incident:revert']);
  });

  it('reads links from what was folded', () => {
    const { events } = anIncident('pd:9').linkedTo(merged.ref, 'confirmed', { by: 'lena' });
    const incident = { severity: 'SEV1', cause: null } as const;
    const facts = foldLinks(events, new Map([['pd:9', { team: null }]])).map((one) => ({
      ...one,
      ...incident,
    }));
    expect(chargesOf(fold(merged), facts)).toMatchObject([{ key: 'pd:9', severity: 'SEV1' }]);
  });

  it('never lies before the observation, on any record', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const task = foldTask('task-1', record);
        const observation = observe(task);
        const charges = chargesOf(task, [{ ...link, linkedAt: 0 }]);
        if (!observation) expect(charges).toEqual([]);
        for (const { at } of charges) expect(at).toBeGreaterThanOrEqual(observation?.at ?? 0);
      }),
    );
  });
});

it('makes a charged task worth 0, also when nobody had reviewed it', () => {
  const unreviewed = observe(fold(aTask().openedBy('codex').merged()));
  const approved = observe(fold(merged));
  if (!unreviewed || !approved) throw new Error('both are decided');
  const charges = chargesOf(fold(merged), [link]);
  expect([worthOf(unreviewed, []), worthOf(unreviewed, charges)]).toEqual([null, 0]);
  expect([worthOf(approved, []), worthOf(approved, charges)]).toEqual([1, 0]);
});
