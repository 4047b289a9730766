import 'server-only';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { orNotFound } from '@/lib/platform/or-not-found';
import { requireSession } from '@/lib/sessions/gate';
import { getDecisions } from './data/list';
import { getRecommendation } from './data/recommendation';
import type { DecisionFilters, DecisionsPage, RecommendationPage } from './types';

export async function loadDecisions(org: string, filters: DecisionFilters): Promise<DecisionsPage> {
  const { orgId, ctx } = await requireSession(org);
  return orNotFound(getDecisions(orgId, ctx.actor, filters, ctx.clock.now()));
}

export async function loadRecommendation(org: string, id: string): Promise<RecommendationPage> {
  const { orgId, ctx } = await requireSession(org);
  if (!z.uuid().safeParse(id).success) notFound();
  return (await getRecommendation(orgId, ctx.actor, id)) ?? notFound();
}
