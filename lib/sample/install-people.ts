import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { SAMPLE_AGENTS } from './agents';
import { DEMO_PERSON, loginOf, SAMPLE_PEOPLE } from './people';
import { SAMPLE_TEAMS } from './teams';

const DAY_MS = 86_400_000;

/** An agent is registered some days before its first task. */
const HEAD_START_DAYS = 4;

/**
 * Writes down who and what the evidence speaks of: people, teams with their repositories, and the agents that somebody
 * answers for. @returns the people's ids by login
 */
export async function installPeople(
  orgId: OrgId,
  demoPersonId: string,
  clock: Clock,
): Promise<ReadonlyMap<string, string>> {
  const now = clock.now().getTime();
  const others = SAMPLE_PEOPLE.filter(({ login }) => login !== DEMO_PERSON.login).map((person) => ({
    id: newId(),
    ...person,
  }));
  const ids = new Map([
    [DEMO_PERSON.login, demoPersonId],
    ...others.map(({ login, id }) => [login, id] as const),
  ]);
  await inOrg(orgId, async (tx) => {
    await tx.person.update({
      where: { orgId_id: { orgId, id: demoPersonId } },
      data: { handles: [DEMO_PERSON.login] },
    });
    await tx.person.createMany({
      data: others.map(({ id, login, name }) => ({
        orgId,
        id,
        name,
        handles: [login],
        // The first start signs in whoever is there longest: that must stay the demo's own person.
        createdAt: new Date(now + 1000),
      })),
    });
    await tx.roleGrant.createMany({
      data: others.map(({ id, role, team }) => ({
        orgId,
        personId: id,
        team: team ?? '',
        role,
        source: 'manual',
        grantedAt: new Date(now),
      })),
    });
    await tx.team.createMany({
      data: SAMPLE_TEAMS.map(({ slug, name }) => ({ orgId, slug, name, createdAt: new Date(now) })),
    });
    await tx.repository.createMany({
      data: SAMPLE_TEAMS.flatMap(({ slug, repositories }) =>
        repositories.map(({ name }) => ({ orgId, name, team: slug })),
      ),
    });
    await tx.agent.createMany({
      data: SAMPLE_AGENTS.map(({ key, name, vendor, releases, sponsor, scope, since }) => ({
        orgId,
        key,
        name,
        vendor,
        ...(releases.at(-1) ?? {}),
        sponsorId: (sponsor !== null && ids.get(loginOf(sponsor))) || null,
        scope,
        status: 'active',
        registeredAt: new Date(now - (since + HEAD_START_DAYS) * DAY_MS),
      })),
    });
  });
  return ids;
}
