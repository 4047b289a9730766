import { CAREFUL, EXCELLENT, MIXED, SOUND } from './fate';
import { type LaneScript, laneKey, type Phase } from './lane-script';
import type { Random } from './random';

/** When agents were let into a kind of work (days before the end), and how much of it there is (tasks a week). */
const WORK: Readonly<Record<string, { since: number; perWeek: number }>> = {
  tests: { since: 545, perWeek: 1.9 },
  bugfix: { since: 500, perWeek: 2.1 },
  refactor: { since: 430, perWeek: 1.2 },
  dependencies: { since: 520, perWeek: 1.8 },
  docs: { since: 530, perWeek: 1.5 },
  chore: { since: 400, perWeek: 1.5 },
  performance: { since: 240, perWeek: 0.6 },
  feature: { since: 330, perWeek: 1.5 },
  migration: { since: 220, perWeek: 0.5 },
  security: { since: 220, perWeek: 0.5 },
  unclassified: { since: 300, perWeek: 0.2 },
};

/**
 * The lanes between the stories: `r` runs, `w` walks, `m` mixed work that stays in crawl, `a` almost ready to walk,
 * `y` young, `-` no work yet, `.` has a story of its own.
 */
const MAP: readonly (readonly [team: string, lanes: string])[] = [
  //                 te b re de do ch p f mi s u
  ['payments', '. . w r . w y m m m -'],
  ['search', 'r r . . r w . m a - -'],
  ['identity', 'w . m w w a - m m . -'],
  ['checkout', 'w . m w w m y . m m m'],
  ['mobile', 'w w . w . a - m - y -'],
  ['data-platform', 'w . a r w m a m . - -'],
  ['growth', 'w . m w w . - . - - m'],
  ['infrastructure', 'w m w r w . y - a y m'],
];

/**
 * Checkout merges about half of its work before anybody has looked. The other half is as good as elsewhere, so its
 * lanes get there in the end, on twice the work; what its row on the map names as the obstacle is not the agent.
 */
const TEAM_WITHOUT_REVIEWS = 'checkout';
const UNREVIEWED = 0.52;

function unreviewedToo(phase: Phase): Phase {
  const { work } = phase;
  if (typeof work === 'string') return phase;
  const tasks = Math.round(work.tasks / (1 - UNREVIEWED));
  const shares = Object.entries(work.quality).map(([fate, share]) => [fate, share * (1 - UNREVIEWED)]);
  return { ...phase, work: { tasks, quality: { ...Object.fromEntries(shares), u: UNREVIEWED } } };
}

/** How a lane of this kind went; `scale` makes one lane busier than another. */
function phasesOf(kind: string, category: string, random: Random): Phase[] {
  const { since: first, perWeek } = WORK[category] ?? { since: 200, perWeek: 0.5 };
  const scale = random.between(0.85, 1.3);
  const since = first * random.between(0.86, 1);
  const tasks = (days: number, share = 1) => Math.max(1, Math.round((days / 7) * perWeek * scale * share));
  switch (kind) {
    case 'r': {
      const settled = since * 0.72;
      return [
        { from: since, to: settled, work: { tasks: tasks(since - settled, 0.7), quality: CAREFUL } },
        { from: settled, to: 0, work: { tasks: tasks(settled, 1.1), quality: EXCELLENT } },
      ];
    }
    case 'w': {
      // A first stretch of small changes earns walk; larger ones, once it walks, go back more often.
      const earned = since * random.between(0.45, 0.7);
      return [
        {
          from: since,
          to: earned,
          work: { tasks: random.int(27, 32), quality: { e: 0.03, u: 0.06, w: 0.03 } },
        },
        { from: earned, to: 0, work: { tasks: tasks(earned), quality: SOUND } },
      ];
    }
    case 'a':
      return [
        {
          from: random.between(85, 130),
          to: 0,
          work: { tasks: random.int(14, 19), quality: { e: 0.1, u: 0.06 } },
        },
      ];
    case 'y':
      return [{ from: random.between(45, 80), to: 0, work: { tasks: random.int(5, 9), quality: SOUND } }];
    default:
      return [
        { from: since, to: since * 0.4, work: { tasks: tasks(since * 0.6, 0.8), quality: MIXED } },
        { from: since * 0.4, to: 0, work: { tasks: tasks(since * 0.4, 1.1), quality: MIXED } },
      ];
  }
}

/** All lanes of the sample but those with a story. The random numbers of a lane are its own. */
export function backgroundLanes(randomFor: (lane: string) => Random): LaneScript[] {
  const categories = Object.keys(WORK);
  return MAP.flatMap(([team, row]) =>
    row.split(' ').flatMap((kind, index): LaneScript[] => {
      const category = categories[index];
      if (category === undefined || kind === '-' || kind === '.') return [];
      const phases = phasesOf(kind, category, randomFor(laneKey({ team, category })));
      return [{ team, category, phases: team === TEAM_WITHOUT_REVIEWS ? phases.map(unreviewedToo) : phases }];
    }),
  );
}
