import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldIncident, foldLinks, placeIncident } from './incident';
import { slugOf } from './slug';
import { anyArrival } from './testing/arbitraries';
import { anIncident, type IncidentStory } from './testing/builders';
import { STORY_START } from './testing/event-log';

const MINUTE = 60_000;
const fold = (story: IncidentStory) => foldIncident(story.ref, story.events);
const linkIn = ({ ref, events }: IncidentStory) => foldLinks(events, new Map([[ref, { team: null }]]))[0];

describe('foldIncident', () => {
  it('lets the latest word on title, severity and cause stand', () => {
    const story = anIncident()
      .opened('SEV3', { title: 'Slow', team: 'Web', url: 'https://example.org/7' })
      .updated({ severity: 'SEV1', title: 'Down' })
      .updated({ cause: 'agent error' })
      .resolved();
    expect(fold(story)).toMatchObject({
      title: 'Down',
      severity: 'SEV1',
      cause: 'agent error',
      openedAt: STORY_START,
      resolvedAt: STORY_START + 30 * MINUTE,
      neverOpened: false,
    });
  });

  it('is a stub while nobody has reported it', () => {
    expect(fold(anIncident('x').linkedTo('t'))).toMatchObject({
      title: null,
      severity: null,
      openedAt: STORY_START,
      neverOpened: true,
    });
    expect(fold(anIncident('x').updated({ severity: 'SEV2' }))).toMatchObject({
      severity: 'SEV2',
      neverOpened: true,
    });
  });

  it('takes its opening from the report, also when a link came first', () => {
    const incident = fold(anIncident().linkedTo('t').opened('SEV2'));
    expect(incident).toMatchObject({ openedAt: STORY_START + 10 * MINUTE, neverOpened: false });
  });

  it('reopens with an opening after the end', () => {
    expect(fold(anIncident().opened('SEV2').resolved().opened('SEV2'))?.resolvedAt).toBeNull();
    expect(fold(anIncident().opened('SEV2').resolved().resolved())?.resolvedAt).toBe(
      STORY_START + 10 * MINUTE,
    );
  });

  it('is null for an incident that nothing names', () => {
    expect(foldIncident('y', anIncident('x').opened('SEV1').events)).toBeNull();
  });
});

describe('placeIncident', () => {
  const rules = { teamOfRepository: new Map(), slugOfTeam: slugOf };
  const sentBy = (senderTeam: string, { events }: IncidentStory) =>
    events.map((event) => ({ ...event, source: senderTeam, senderTeam }));

  it('is the team’s that the organisation named last, and takes no word of another team’s token', () => {
    const ours = anIncident('pd:1').opened('SEV1', { team: 'Web' });
    const theirs = sentBy(
      'pay',
      anIncident('pd:1').updated({ severity: 'SEV4', cause: 'unrelated' }).resolved(),
    );
    expect(placeIncident('pd:1', [...theirs, ...ours.events], rules)).toMatchObject({
      owner: { slug: 'web', name: 'Web' },
      incident: { severity: 'SEV1', cause: null, resolvedAt: null },
    });
    const moved = ours.after({ hours: 1 }).opened('SEV2', { team: 'Search' });
    expect(placeIncident('pd:1', moved.events, rules)?.owner).toEqual({ slug: 'search', name: 'Search' });
  });

  it('is the team’s whose token reported it first, while the organisation says nothing', () => {
    const first = sentBy('pay', anIncident('pd:1').opened('SEV3'));
    const later = sentBy(
      'web',
      anIncident('pd:1')
        .at(STORY_START + 60_000)
        .opened('SEV1'),
    );
    expect(placeIncident('pd:1', [...later, ...first], rules)).toMatchObject({
      owner: { slug: 'pay' },
      incident: { severity: 'SEV3' },
    });
  });

  it('is nobody’s where a team’s token links a task to it alone, and no incident where one only tells of it', () => {
    const linked = sentBy('pay', anIncident('pd:1').linkedTo('t'));
    expect(placeIncident('pd:1', linked, rules)).toMatchObject({
      owner: null,
      incident: { neverOpened: true },
    });
    expect(placeIncident('pd:1', sentBy('pay', anIncident('pd:1').resolved()), rules)).toBeNull();
  });
});

describe('links', () => {
  const suggested = anIncident().opened('SEV2').linkedTo('t', 'suggested', { confidence: 0.7 });

  it('date from when their present status was set', () => {
    const confirmed = suggested
      .linkedTo('t', 'confirmed', { by: 'lena' })
      .linkedTo('t', 'confirmed', { by: 'ana' });
    expect(linkIn(confirmed)).toEqual({
      incidentRef: 'pagerduty:7',
      taskRef: 't',
      status: 'confirmed',
      confidence: 0.7,
      linkedAt: STORY_START + 20 * MINUTE,
      by: 'lena',
      reason: null,
      wasConfirmed: true,
    });
  });

  it('may be decided again, but not undone by a suggestion', () => {
    const confirmed = suggested.linkedTo('t', 'confirmed', { by: 'lena' });
    expect(linkIn(confirmed.linkedTo('t', 'suggested'))?.status).toBe('confirmed');
    expect(linkIn(confirmed.linkedTo('t', 'rejected', { by: 'ana' }))?.status).toBe('rejected');
  });

  it('are not taken back by nobody: a confirmation ends by the word of a named person', () => {
    const confirmed = suggested.linkedTo('t', 'confirmed', { by: 'lena' });
    expect(linkIn(confirmed.linkedTo('t', 'rejected'))).toMatchObject({ status: 'confirmed', by: 'lena' });
    expect(linkIn(suggested.linkedTo('t', 'rejected'))?.status).toBe('rejected');
  });

  it('are not decided by machines', () => {
    const machine = { by: { login: 'incident-bot' } };
    expect(linkIn(suggested.linkedTo('t', 'confirmed', machine))?.status).toBe('suggested');
    const confirmed = suggested.linkedTo('t', 'confirmed', { by: 'lena' });
    expect(linkIn(confirmed.linkedTo('t', 'rejected', machine))?.status).toBe('confirmed');
  });

  it('count from a team’s token where the incident is that team’s, or nobody’s', () => {
    const sent = suggested.events.map((event) => ({ ...event, senderTeam: 'pay' }));
    const linksOf = (team: string | null) => foldLinks(sent, new Map([['pagerduty:7', { team }]])).length;
    expect([linksOf('pay'), linksOf(null), linksOf('web')]).toEqual([1, 1, 0]);
  });

  it('wait until their incident is known', () => {
    expect(foldLinks(suggested.events, new Map())).toEqual([]);
  });
});

it('neither the order of arrival nor a repeat changes an incident, and folding never throws', () => {
  fc.assert(
    fc.property(anyArrival, fc.constantFrom('task-1', 'revert'), ({ record, arrived }, ref) => {
      expect(foldIncident(ref, arrived)).toEqual(foldIncident(ref, record));
    }),
    { numRuns: 300 },
  );
});
