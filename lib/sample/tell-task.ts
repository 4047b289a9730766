import type { GaitEvent } from '@/lib/domain/event';
import type { TaskPlan } from './plan-task';
import type { Beat } from './play-fate';
import { createRandom } from './random';

/** Marks every event of the sample in the record. */
export const SAMPLE_SOURCE = 'sample:northwind';

/** A planned task with its number. */
export type NumberedTask = TaskPlan & { ref: string; url: string };

const human = (login: string) => ({ login, kind: 'human' as const });

/** Numbers the tasks of each repository in the order they were opened; people's own pull requests leave gaps. */
export function numberTasks(plans: readonly TaskPlan[], seed: string): NumberedTask[] {
  const last = new Map<string, number>();
  const random = createRandom(`${seed}/numbers`);
  return [...plans]
    .sort((a, b) => a.openedAt - b.openedAt)
    .map((plan) => {
      const { repository } = plan.change;
      const number = (last.get(repository) ?? random.int(180, 900)) + random.int(1, 7);
      last.set(repository, number);
      return {
        ...plan,
        ref: `github:${repository}#${number}`,
        // A name under .example never resolves: nobody is sent to a stranger's repository.
        url: `https://git.northwind.example/${repository.replace('northwind/', '')}/pull/${number}`,
      };
    });
}

/** The events of one task. */
export function tellTask({
  ref,
  url,
  team,
  change,
  agent,
  requester,
  openedAt,
  head,
  beats,
}: NumberedTask): GaitEvent[] {
  const opened: GaitEvent = {
    type: 'dev.gait.task.opened.v1',
    source: SAMPLE_SOURCE,
    id: `${ref}/opened`,
    at: openedAt,
    data: {
      task: {
        ref,
        url,
        team: team.name,
        ...change,
        agent,
        requester: human(requester),
        authors: [{ login: agent.key, kind: 'agent' }],
        headSha: head,
      },
    },
  };
  return [opened, ...beats.map((beat, index) => tellBeat(ref, beat, index))];
}

function tellBeat(ref: string, beat: Beat, index: number): GaitEvent {
  const envelope = { source: SAMPLE_SOURCE, id: `${ref}/${index + 1}`, at: beat.at };
  const task = { ref };
  switch (beat.kind) {
    case 'review': {
      const { by, isBot, verdict, head } = beat;
      const reviewer = { login: by, kind: isBot ? ('bot' as const) : ('human' as const) };
      const review = { ref: `review-${index + 1}`, reviewer, verdict, headSha: head };
      return { ...envelope, type: 'dev.gait.review.submitted.v1', data: { task, review } };
    }
    case 'push': {
      const by = { login: beat.by, kind: beat.isAgent ? ('agent' as const) : ('human' as const) };
      return {
        ...envelope,
        type: 'dev.gait.task.updated.v1',
        data: { task: { ref, headSha: beat.head }, by },
      };
    }
    case 'merge': {
      const data = { task: { ref, headSha: beat.head }, by: human(beat.by) };
      return { ...envelope, type: 'dev.gait.task.merged.v1', data };
    }
    case 'close': {
      const { by, cause } = beat;
      const kind = cause === 'human' ? ('human' as const) : ('agent' as const);
      const data = { task, cause, ...(by === null ? {} : { by: { login: by, kind } }) };
      return { ...envelope, type: 'dev.gait.task.closed.v1', data };
    }
    case 'revert':
      return { ...envelope, type: 'dev.gait.task.reverted.v1', data: { task, by: human(beat.by) } };
    default:
      return beat satisfies never;
  }
}
