import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { systemClock } from '@/lib/platform/clock';
import { requireSession } from '@/lib/sessions/gate';
import { getLane } from './data/lane';
import { getTeam, listLanes } from './data/list';
import { getOverview } from './data/overview';
import { versionOfLanes } from './data/version';
import type { LaneFilters, LaneList, LanePage, LaneScope, Overview, TeamPage } from './types';

export async function loadOverview(org: string): Promise<Overview> {
  const { orgId, organisation } = await requireSession(org);
  return getOverview(orgId, organisation, systemClock.now());
}

/** To be asked before what the page shows: what changes in between is then shown anew. */
export async function loadLaneVersion(org: string, scope: LaneScope = {}): Promise<string> {
  const { orgId } = await requireSession(org);
  return versionOfLanes(orgId, scope);
}

export async function loadLanes(org: string, filters: LaneFilters): Promise<LaneList> {
  const { orgId } = await requireSession(org);
  return listLanes(orgId, filters, systemClock.now());
}

/** Once a request, though the page and its title both ask. So for a lane. */
export const loadTeam = cache(async (org: string, team: string): Promise<TeamPage> => {
  const { orgId } = await requireSession(org);
  return (await getTeam(orgId, team, systemClock.now())) ?? notFound();
});

export const loadLane = cache(async (org: string, team: string, category: string): Promise<LanePage> => {
  const { orgId, organisation } = await requireSession(org);
  return (await getLane(orgId, organisation, team, category, systemClock.now())) ?? notFound();
});
