import { ExternalLink } from 'lucide-react';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Standing } from '@/components/outcomes/standing';
import { Worth } from '@/components/outcomes/worth';
import { buttonStyle } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Chip } from '@/components/ui/chip';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { TitleText } from '@/components/ui/title-text';
import { withoutBidiControls } from '@/lib/domain/bidi';
import type { TaskPage } from '@/lib/tasks/types';
import { ClassifyForm } from './classify-form';
import { EventTimeline } from './event-timeline';
import { LinkedIncidents } from './linked-incidents';
import { Revert } from './revert';
import { ReviewList } from './review-list';
import { TaskFacts } from './task-facts';
import { outcomeWord, stateTone, stateWord } from './task-words';

type Props = { org: string; task: TaskPage; categories: { key: string; name: string }[] };

/** What the task was worth and why; then everything it rests on. */
export function TaskView({ org, task, categories }: Props) {
  return (
    <>
      <PageHeader
        trail={[{ label: 'Tasks', href: paths.tasks(org) }]}
        title={<TitleText className="line-clamp-4" title={task.title} refName={task.ref} />}
        lead={
          task.title === null ? (
            'Untitled: no event has a title, so its ref stands here.'
          ) : (
            <code className="font-mono text-sm wrap-anywhere">{task.ref}</code>
          )
        }
        aside={
          task.url ? (
            <a href={task.url} rel="noreferrer" className={buttonStyle({ size: 'small' })}>
              <ExternalLink size={14} aria-hidden /> Open the change
            </a>
          ) : null
        }
      />
      <Card
        aria-label="What it was worth"
        className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-4"
      >
        <p className="text-2xl">
          <span className="sr-only">Worth: </span>
          <Worth score={task.score} />
        </p>
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
            {outcomeWord(task)}
            <Chip tone={stateTone[task.state]}>{stateWord[task.state]}</Chip>
            <span className="text-sm font-normal">
              <Standing standing={task.standing} />
            </span>
          </p>
          <p className="text-sm text-muted wrap-anywhere">
            {task.state === 'open'
              ? 'It counts once it is merged or closed.'
              : withoutBidiControls(task.outcomeReason)}
          </p>
        </div>
      </Card>
      {task.anomalies.length > 0 ? (
        <Notice tone="amber" className="mb-6">
          <p className="font-medium">The record contradicts itself</p>
          <ul className="wrap-anywhere">
            {task.anomalies.map((anomaly) => (
              <li key={anomaly}>{withoutBidiControls(anomaly)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <div className="grid gap-6 lg:grid-cols-[1fr_20rem]">
        <div className="flex min-w-0 flex-col gap-8">
          <LinkedIncidents org={org} task={task.ref} incidents={task.incidents} />
          <Revert revertedAt={task.revertedAt} />
          <ReviewList reviews={task.reviews} />
          <EventTimeline events={task.events} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <TaskFacts org={org} task={task} />
          <Card aria-label="Change the kind of work" className="px-4 py-3.5">
            <Details summary="Wrong kind of work?">
              <ClassifyForm org={org} task={task.ref} category={task.category} categories={categories} />
            </Details>
          </Card>
        </div>
      </div>
    </>
  );
}
