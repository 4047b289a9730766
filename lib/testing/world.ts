import type { GaitEvent, Severity } from '@/lib/domain/event';
import type { Gear } from '@/lib/domain/gear';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { logged, STORY_START } from '@/lib/domain/testing/event-log';
import { seededRandom } from '@/lib/domain/trust/testing';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A person's decision about a lane, as Gait writes it. */
export function aDecision(
  lane: { team: string; category: string },
  at: number,
  to: Gear,
  who = 'lena',
  action: 'accept' | 'decline' = 'accept',
): GaitEvent {
  const name = `decision/${lane.team}/${lane.category}/${at}/${who}`;
  const { events } = logged({ name, at, events: [] }, 'dev.gait.recommendation.decided.v1', {
    lane,
    recommendation: name.slice(0, 100),
    action,
    to,
    person: { id: who, name: who },
    reason: action === 'decline' ? 'not yet' : '',
  });
  return { ...events[0], source: 'gait' } as GaitEvent;
}

const FATES = [
  'clean',
  'clean',
  'clean',
  'clean',
  'clean',
  'clean',
  'edited',
  'sent back',
  'unreviewed',
] as const;
const TEAMS = ['Payments', 'payments', 'Search'] as const;
const CATEGORIES = ['tests', 'docs'] as const;

/** Tasks at the beginning that go well, so that gears are earned before things go wrong. */
const CALM = 110;

/**
 * The record of a small company over two months: two teams and two kinds of work, most of it in payments/tests,
 * which is promoted to walk and to run, falls back to crawl with a SEV1, and has decisions that come to nothing.
 * The same for each seed.
 */
export function aWorld(seed: number, taskCount = 170): GaitEvent[] {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const events: GaitEvent[] = [];
  for (let number = 1; number <= taskCount; number += 1) {
    const isCalm = number <= CALM;
    const isMain = random() < 0.8;
    const opened = STORY_START + number * 10 * HOUR_MS + Math.floor(random() * 8) * HOUR_MS;
    const story = aTask(`github:acme/web#${number}`)
      .at(opened)
      .openedBy(pick(['claude-code', 'codex']), {
        team: isMain ? 'Payments' : pick(TEAMS),
        category: isMain ? 'tests' : isCalm ? 'docs' : pick(CATEGORIES),
        title: `Task ${number} — 試験 🚀`,
        labels: ['agent'],
        additions: 40,
        deletions: 2,
      });
    const told = ending(story, isCalm && isMain ? 'clean' : pick(FATES), random);
    events.push(...told.events, ...(isCalm && isMain ? [] : aftermath(told.ref, opened, random, pick)));
  }
  const grave = anIncident('pagerduty:grave')
    .at(STORY_START + 50 * DAY_MS)
    .opened('SEV1');
  events.push(
    ...grave.linkedTo('github:acme/web#30').linkedTo('github:acme/web#30', 'confirmed', { by: 'lena' })
      .events,
  );
  for (const [day, to, who] of [
    [5, 'walk', 'lena'],
    [32, 'walk', 'lena'],
    [43, 'run', 'lena'],
    [44, 'run', 'lena'],
    [45, 'run', 'otto'],
    [46, 'walk', 'otto'],
  ] as const) {
    events.push(aDecision({ team: 'payments', category: 'tests' }, STORY_START + day * DAY_MS, to, who));
  }
  return events;
}

type Story = ReturnType<typeof aTask>;

function ending(story: Story, fate: (typeof FATES)[number], random: () => number): Story {
  if (random() < 0.05) return story;
  const later = story.after({ hours: 1 + Math.floor(random() * 30) });
  switch (fate) {
    case 'clean':
      return later.approvedBy('ana').merged('ana');
    case 'edited':
      return later.approvedBy('ana').pushed('ben').merged('ana');
    case 'sent back':
      return later.sentBackBy('ben').pushed().approvedBy('ben').merged('ben');
    case 'unreviewed':
      return random() < 0.5 ? later.merged() : later.closed({ by: 'ana' });
    default:
      return fate satisfies never;
  }
}

/** What may come later: a revert, an incident, a new category by hand. */
function aftermath(
  ref: string,
  opened: number,
  random: () => number,
  pick: <T>(values: readonly T[]) => T,
): GaitEvent[] {
  const later = () => opened + (3 + Math.floor(random() * 30)) * DAY_MS;
  const events: GaitEvent[] = [];
  if (random() < 0.05) events.push(...aTask(ref).at(later()).reverted('ana').events.map(renamed('revert')));
  if (random() < 0.06)
    events.push(...aTask(ref).at(later()).classifiedAs('docs').events.map(renamed('category')));
  if (random() < 0.05) {
    const severity = pick<Severity>(['SEV1', 'SEV2', 'SEV3', 'SEV4']);
    const at = later();
    const incident = anIncident(`pagerduty:${ref}`).at(at).opened(severity).linkedTo(ref);
    const confirmed = incident.after({ days: 1 }).linkedTo(ref, 'confirmed', { by: 'lena' });
    const told = random() < 0.3 ? confirmed.after({ days: 2 }).updated({ cause: 'unrelated' }) : confirmed;
    events.push(...told.events);
  }
  return events;
}

/** A second story of the same task must not repeat the ids of the first. */
function renamed(suffix: string): (event: GaitEvent) => GaitEvent {
  return (event) => ({ ...event, id: `${event.id}/${suffix}` });
}

/** The values in an order that depends on nothing but the seed. */
export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

/** The values in batches of random size, one value at least. */
export function inBatches<T>(values: readonly T[], random: () => number, most: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < values.length; ) {
    const size = 1 + Math.floor(random() * most);
    batches.push(values.slice(start, start + size));
    start += size;
  }
  return batches;
}
