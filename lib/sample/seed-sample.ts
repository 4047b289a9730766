import { recordAudit } from '@/lib/audit/record';
import { addWeeks, latestDue } from '@/lib/domain/report/iso-week';
import { DEFAULT_SCHEDULE, type DueReport } from '@/lib/domain/report/plan';
import { slugOf } from '@/lib/domain/slug';
import { createOrganisation } from '@/lib/organisations/mutations';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, type OrgId, SAMPLE_ACTOR } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { projectAll } from '@/lib/projection/projector';
import { freezeReports } from '@/lib/reports/mutations/freeze';
import { generateSample } from './generate';
import { installPeople } from './install-people';
import { DEMO_PERSON } from './people';
import { recordSample } from './record-sample';

export const SAMPLE_NAME = 'Northwind Engineering';

/** The invented evidence came as it happened, and so each recommendation was known when it opened, and each move when it was made. */
async function knowInTime(tx: Tx, orgId: OrgId): Promise<void> {
  await tx.$executeRaw`UPDATE logged_move SET since = at WHERE org_id = ${orgId}::uuid`;
  await tx.$executeRaw`
    UPDATE known_recommendation known SET since = recommendation.opened_at FROM recommendation
    WHERE recommendation.org_id = ${orgId}::uuid AND known.org_id = recommendation.org_id AND known.id = recommendation.id`;
}

/** Every demo tells the same stories. */
/** How many weeks have a report from the start. */
const WEEKS_REPORTED = 8;

const SEED = 'northwind';

/**
 * Makes the sample organisation, whole: people, agents, eighteen months of evidence, and the lanes that follow from it.
 * The caller installs it afterwards, so that an interrupted start never opens with half an organisation; what a failure
 * leaves behind is removed here.
 * @param say takes one line of progress at a time
 * @returns the organisation, and the person whom the demo signs in
 */
export async function seedSample(
  clock: Clock,
  say: (line: string) => void,
): Promise<{ orgId: OrgId; personId: string }> {
  const sample = generateSample({ seed: SEED, endsAt: clock.now().getTime() });
  const owner = { name: DEMO_PERSON.name };
  const { orgId, personId } = await createOrganisation({ name: SAMPLE_NAME, isSample: true, owner }, clock);
  const ctx: Ctx = { orgId, actor: SAMPLE_ACTOR, clock, requestId: newId() };
  try {
    const ids = await installPeople(orgId, personId, clock);
    const count = (sample.events.length + sample.decisions.length).toLocaleString('en');
    await recordSample(ctx, sample, ids, (share) =>
      say(`Recording ${count} events of sample data … ${Math.round(100 * share)} %`),
    );
    await inOrg(orgId, (tx) =>
      recordAudit(tx, ctx, {
        act: 'sample.recorded',
        target: `organisation:${slugOf(SAMPLE_NAME)}`,
        after: { events: sample.events.length, decisions: sample.decisions.length },
        reason: 'Invented, decisions included: nobody did these deeds, so they have no entries of their own.',
      }),
    );
    say('Reading them: tasks, reviews, lanes …');
    await projectAll(clock);
    await inOrg(orgId, (tx) => knowInTime(tx, orgId));
    say('Freezing the reports of the last weeks …');
    await freezeReports(ctx, await reportsToShow(orgId, clock));
  } catch (error) {
    await inOrg(orgId, (tx) => tx.$queryRaw`SELECT remove_sample_organisation()::text`).catch(() => {});
    throw error;
  }
  return { orgId, personId };
}

/** The reports of the last weeks, of the organisation and of every team. */
async function reportsToShow(orgId: OrgId, clock: Clock): Promise<DueReport[]> {
  const { zone } = DEFAULT_SCHEDULE;
  const latest = latestDue(clock.now().getTime(), DEFAULT_SCHEDULE);
  const teams = await inOrg(orgId, (tx) => tx.team.findMany({ where: { orgId }, select: { slug: true } }));
  return Array.from({ length: WEEKS_REPORTED }, (_, n) => addWeeks(latest, n + 1 - WEEKS_REPORTED)).flatMap(
    (week) => ['', ...teams.map(({ slug }) => slug)].map((team) => ({ team, week, zone })),
  );
}
