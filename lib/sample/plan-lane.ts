import { type Calendar, HOURS_A_DAY } from './calendar';
import { dealFates, readFates } from './fate';
import { type LaneScript, laneKey, type Phase } from './lane-script';
import { planTask, type TaskPlan } from './plan-task';
import { createRandom } from './random';
import type { SampleTeam } from './teams';

/** All tasks of a lane. Each draws from a stream of its own, named after its place in the lane. */
export function planLane(script: LaneScript, team: SampleTeam, calendar: Calendar, seed: string): TaskPlan[] {
  const { category } = script;
  const key = laneKey(script);
  return script.phases.flatMap((phase, number) => {
    const random = createRandom(`${seed}/${key}/${number}`);
    const fates =
      typeof phase.work === 'string'
        ? readFates(phase.work)
        : dealFates(phase.work.quality, phase.work.tasks, random);
    const hours = placesIn(phase, fates.length, random.next);
    return fates.map((fate, index) => {
      const ownRandom = createRandom(`${seed}/${key}/${number}/${index}`);
      const agent = phase.agent && random.chance(phase.agent.share) ? phase.agent.key : null;
      return planTask({ team, category, fate, hours: hours[index] ?? 0, agent }, calendar, ownRandom);
    });
  });
}

/** So many moments of a phase, spread evenly and jittered, in working hours before the end, the earliest first. */
function placesIn({ from, to }: Phase, count: number, next: () => number): number[] {
  const step = (from - to) / count;
  return Array.from({ length: count }, (_, index) => (from - (index + next()) * step) * HOURS_A_DAY);
}

/** What is open when the demo starts: some waits for a review, some was opened minutes ago. */
export function planOpenTasks(
  lanes: readonly { team: SampleTeam; category: string }[],
  calendar: Calendar,
  seed: string,
): TaskPlan[] {
  const random = createRandom(`${seed}/open`);
  const busy = random.shuffled(lanes).slice(0, 26);
  return busy.map(({ team, category }, index) => {
    const plan = planTask(
      { team, category, fate: 'o', hours: random.between(0.3, 45), agent: null },
      calendar,
      createRandom(`${seed}/open/${index}`),
    );
    const minutes = JUST_NOW_MINUTES[index];
    // Agents know no closing time: whatever the hour, the last of them began a moment ago.
    return minutes === undefined
      ? plan
      : { ...plan, openedAt: calendar.endsAt - minutes * 60_000, beats: [] };
  });
}

const JUST_NOW_MINUTES = [1, 7, 19, 48, 95];
