import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { Details } from '@/components/ui/details';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { followOrganisationAction } from '@/lib/reports/actions';
import type { ReportSettings, ScheduleRow } from '@/lib/reports/types';
import { OwnTimeForm, ScheduleForm, timeInWords, WEEKDAYS } from './schedule-form';

type Props = { org: string } & Pick<ReportSettings, 'teams' | 'schedules'>;

/** When reports are due, each with the form that changes it. */
export function ScheduleList({ org, teams, schedules }: Props) {
  const ofAll = schedules.find(({ team }) => team === null);
  const following = teams.filter(({ slug }) => !schedules.some(({ team }) => team?.slug === slug));
  return (
    <Card>
      <ul className="divide-y divide-line">
        {schedules.map((schedule) => (
          <li key={schedule.team?.slug ?? ''} className="p-4">
            <Schedule org={org} schedule={schedule} />
          </li>
        ))}
        {ofAll && following.length > 0 ? (
          <li className="p-4">
            <Details summary="Give a team a time of its own…">
              <OwnTimeForm org={org} teams={following} schedule={ofAll} />
            </Details>
          </li>
        ) : null}
      </ul>
    </Card>
  );
}

function Schedule({ org, schedule }: { org: string; schedule: ScheduleRow }) {
  const { team, weekday, zone, isSent } = schedule;
  const name = team?.name ?? 'The organisation, and teams without a time of their own';
  return (
    <>
      <h3 className="font-medium wrap-anywhere">
        <bdi>{name}</bdi>
      </h3>
      <p className="mb-2 text-sm text-muted wrap-anywhere">
        {WEEKDAYS[weekday - 1]}, {timeInWords(schedule)} ({zone}). Mails are {isSent ? 'on' : 'off'}.
      </p>
      <div className="flex flex-col items-start gap-2">
        <Details
          className="w-full"
          summary={
            <>
              Change… <span className="sr-only">{name}</span>
            </>
          }
        >
          <ScheduleForm org={org} schedule={schedule} />
        </Details>
        {team ? (
          <ActionForm action={followOrganisationAction} hidden={{ organisation: org, team: team.slug }}>
            <SubmitButton size="small">
              Follow the organisation again <span className="sr-only">: {name}</span>
            </SubmitButton>
            <FormMessage />
          </ActionForm>
        ) : null}
      </div>
    </>
  );
}
