import 'server-only';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { orFirstPage } from '@/lib/platform/or-first-page';
import { requireSession } from '@/lib/sessions/gate';
import { getDecisions } from './data/list';
import { getRecommendation } from './data/recommendation';
import type { DecisionFilters, DecisionsPage, RecommendationPage } from './types';

export async function loadDecisions(org: string, filters: DecisionFilters): Promise<DecisionsPage> {
  const { orgId, ctx } = await requireSession(org);
  const { team } = filters;
  const now = ctx.clock.now();
  return orFirstPage((from) => getDecisions(orgId, ctx.actor, from, now), filters, { team });
}

export async function loadRecommendation(org: string, id: string): Promise<RecommendationPage> {
  const { orgId, ctx } = await requireSession(org);
  if (!z.uuid().safeParse(id).success) notFound();
  return (await getRecommendation(orgId, ctx.actor, id, ctx.clock.now())) ?? notFound();
}
