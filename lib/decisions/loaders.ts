import 'server-only';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireSession } from '@/lib/sessions/gate';
import { getDecisions, getRecommendation } from './data';
import type { DecisionsPage, RecommendationPage } from './types';

export async function loadDecisions(org: string): Promise<DecisionsPage> {
  const { orgId, ctx } = await requireSession(org);
  return getDecisions(orgId, ctx.actor);
}

export async function loadRecommendation(org: string, id: string): Promise<RecommendationPage> {
  const { orgId, ctx } = await requireSession(org);
  if (!z.uuid().safeParse(id).success) notFound();
  return (await getRecommendation(orgId, ctx.actor, id)) ?? notFound();
}
