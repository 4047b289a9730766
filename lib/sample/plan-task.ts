import { releaseAt, SAMPLE_AGENTS, type SampleAgent, SHADOW_AGENT } from './agents';
import { type Calendar, HOURS_A_DAY } from './calendar';
import { type Change, inventChange } from './change';
import type { Fate } from './fate';
import { loginOf } from './people';
import { type Beat, playFate } from './play-fate';
import type { Random } from './random';
import type { SampleTeam } from './teams';

/** One task before it has a number: who, what, and everything that will happen to it. */
export type TaskPlan = {
  team: SampleTeam;
  category: string;
  change: Change;
  agent: { key: string; name: string; vendor?: string; model: string; version: string };
  requester: string;
  openedAt: number;
  head: string;
  /** In order of time. */
  beats: readonly Beat[];
};

export type TaskWish = {
  team: SampleTeam;
  category: string;
  fate: Fate;
  /** Working hours before the end at which it is decided, or opened when it stays open. */
  hours: number;
  /** Key of the agent; without it one of the team's. */
  agent: string | null;
};

const CI_BOT = 'northwind-ci[bot]';

function agentFor({ team, agent }: TaskWish, daysBefore: number, random: Random): SampleAgent {
  if (agent === SHADOW_AGENT.key) return SHADOW_AGENT;
  const known = team.agents.flatMap((key) => SAMPLE_AGENTS.find((one) => one.key === key) ?? []);
  const [favourite, other = favourite] = known.filter(({ since }) => since >= daysBefore);
  const chosen = random.chance(0.65) ? favourite : other;
  return chosen ?? known[0] ?? SHADOW_AGENT;
}

/** Makes up a task with this fate. All that is left to chance is drawn from `random`, in one order. */
export function planTask(wish: TaskWish, calendar: Calendar, random: Random): TaskPlan {
  const { team, category, hours, fate } = wish;
  const daysBefore = hours / HOURS_A_DAY;
  const agent = agentFor(wish, daysBefore, random);
  const change = inventChange(category, team, random.pick(team.repositories), random);
  const [asker = '', reviewer = '', other = ''] = random.shuffled(team.members).map(loginOf);
  const cast = {
    requester: asker,
    reviewer: random.chance(0.2) ? loginOf(team.lead) : reviewer,
    other,
    agent: agent.key,
    heads: [random.hex(40), random.hex(40), random.hex(40)] as const,
  };
  const { openedAt, beats } = playFate(fate, hours, cast, calendar, random);
  const isNoticed = fate !== 'o' && fate !== 'h' && random.chance(0.25);
  const bot: Beat[] = isNoticed
    ? [
        {
          kind: 'review',
          at: openedAt + random.int(20_000, 90_000),
          by: CI_BOT,
          isBot: true,
          verdict: 'commented',
          head: cast.heads[0],
        },
      ]
    : [];
  return {
    team,
    category,
    change,
    agent: {
      key: agent.key,
      name: agent.name,
      ...(agent.vendor === null ? {} : { vendor: agent.vendor }),
      ...releaseAt(agent, daysBefore),
    },
    requester: cast.requester,
    openedAt,
    head: cast.heads[0],
    beats: [...bot, ...beats].sort((a, b) => a.at - b.at),
  };
}
