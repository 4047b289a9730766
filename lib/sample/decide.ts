import { foldLane, nextMaturityAt } from '@/lib/domain/lane/fold-lane';
import type { DecisionEntry, LaneEntry } from '@/lib/domain/lane/lane-entry';
import type { LaneLog } from '@/lib/domain/lane/lane-log';
import { createLane, type OpenRecommendation } from '@/lib/domain/lane/lane-state';
import type { EarnedGear } from '@/lib/domain/trust/engine-config';
import { type Calendar, HOURS_A_DAY } from './calendar';
import { rulesOf } from './evidence';
import { type Answer, type LaneScript, laneKey } from './lane-script';
import { DEMO_PERSON, loginOf, SPONSOR } from './people';
import { createRandom, type Random } from './random';
import type { SampleTeam } from './teams';

/** Somebody decides on a recommendation. */
export type SampleDecision = {
  /** ms since 1970 */
  at: number;
  lane: { team: string; category: string };
  /** Key of the recommendation within its lane. */
  recommendation: string;
  action: 'accept' | 'decline';
  to: EarnedGear;
  /** Login of the person. */
  login: string;
  name: string;
  reason: string;
};

/** A decision that will be made unless the recommendation is gone by then. */
type Intent = Omit<SampleDecision, 'lane' | 'name'> & { name: string };

const SILENT: LaneLog = { move() {}, open() {}, close() {}, week() {}, snapshot() {} };

const REASONS = [
  'The evidence is clear, and so is the way back.',
  'Reviews have had little to say for weeks.',
  'Agreed in the weekly with the team.',
  'Small blast radius, good tests. Go ahead.',
  'The team asked for it, and the numbers agree.',
  'I have read the last ten myself.',
];

/**
 * Walks through a lane as the projector will, and lets people answer each recommendation as the script says: the
 * evidence of a lane does not hang on what they answer, so it is all there beforehand.
 */
export function decideLane(
  script: LaneScript,
  team: SampleTeam,
  entries: readonly LaneEntry[],
  calendar: Calendar,
  seed: string,
): SampleDecision[] {
  const lane = { team: script.team, category: script.category };
  const random = createRandom(`${seed}/${laneKey(lane)}/decisions`);
  const rules = rulesOf(script.category);
  const state = createLane();
  const made: SampleDecision[] = [];
  const rest = [...entries];
  let answered: string | null = null;
  let intents: Intent[] = [];
  for (;;) {
    const { recommendation } = state;
    if (recommendation === null) intents = [];
    else if (recommendation.key !== answered) {
      answered = recommendation.key;
      intents = intend(recommendation, script, team, calendar, random);
    }
    const [entry] = rest;
    const [intent] = intents;
    const entryAt = entry?.at ?? Number.POSITIVE_INFINITY;
    const maturityAt = nextMaturityAt(state, rules) ?? Number.POSITIVE_INFINITY;
    const intentAt = intent?.at ?? Number.POSITIVE_INFINITY;
    const at = Math.min(entryAt, maturityAt, intentAt);
    if (at >= calendar.endsAt) return made;
    if (maturityAt === at) foldLane(state, [], at, rules, SILENT);
    else if (entry && entryAt === at) {
      foldLane(state, [entry], at, rules, SILENT);
      rest.shift();
    } else if (intent) {
      foldLane(state, [entryFor(intent)], at, rules, SILENT);
      made.push({ lane, ...intent });
      intents = intents.slice(1);
    }
  }
}

function entryFor({ at, action, to, login, name, reason }: Intent): DecisionEntry {
  return { kind: 'decision', at, id: `${at}`, action, to, person: { id: login, name }, reason };
}

function intend(
  { key, to, openedAt }: OpenRecommendation,
  { answers = [] }: LaneScript,
  team: SampleTeam,
  calendar: Calendar,
  random: Random,
): Intent[] {
  if (to === 'crawl') return [];
  const openedHours = calendar.hoursAt(openedAt);
  const answer = answers.find((one) => one.to === to && isDue(one, openedHours));
  const lead = { login: loginOf(team.lead), name: team.lead };
  const second = random.chance(0.5) ? SPONSOR : DEMO_PERSON;
  const notBefore = answer?.does === 'accept' ? answer.notBefore * HOURS_A_DAY : Number.POSITIVE_INFINITY;
  // Nobody leaves a recommendation lying by accident: late ones are answered before the demo begins.
  const firstHours = Math.min(notBefore, openedHours - Math.min(openedHours / 2, random.between(3, 34)));
  const secondHours = firstHours - Math.min(firstHours / 2, random.between(2, 9));
  const intent = { recommendation: key, action: 'accept', to } as const;
  const first: Intent = {
    ...intent,
    ...lead,
    at: after(openedAt, calendar.at(firstHours)),
    reason: random.pick(REASONS),
  };
  if (answer?.does === 'leave') return answer.leadAgrees ? [first] : [];
  if (answer?.does === 'decline') return [{ ...first, action: 'decline', reason: answer.reason }];
  if (to === 'walk') return [first];
  const { login, name } = second;
  return [
    first,
    { ...intent, login, name, at: after(first.at, calendar.at(secondHours)), reason: random.pick(REASONS) },
  ];
}

function isDue(answer: Answer, openedHours: number): boolean {
  return answer.does !== 'decline' || openedHours > answer.until * HOURS_A_DAY;
}

/** A little later at least: a decision never stands at the same instant as what it decides on. */
function after(ms: number, wanted: number): number {
  return Math.max(ms + 60_000, wanted);
}
