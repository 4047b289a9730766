import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { systemClock } from '@/lib/platform/clock';
import { mayRead, requireSession, requireSomebody } from '@/lib/sessions/gate';
import { previewInvitation } from './data/invitation';
import { getMember, getMembers } from './data/members';
import { listWhoMay } from './data/who-may';
import type { InvitationPreview, MemberPage, MembersPage } from './types';

export async function loadMembers(org: string): Promise<MembersPage> {
  return getMembers((await requireSession(org)).ctx);
}

/** Once a request, though the page and its title both ask. */
export const loadMember = cache(async (org: string, id: string): Promise<MemberPage> => {
  const { ctx } = await requireSession(org);
  if (!z.uuid().safeParse(id).success) notFound();
  return (await getMember(ctx, id)) ?? notFound();
});

export function loadInvitation(secret: string): Promise<InvitationPreview> {
  return previewInvitation(secret, systemClock.now());
}

/** For somebody who is signed in and has no role; whoever has one is led home. */
export async function loadWhoHasNoRole(): Promise<{ name: string; organisation: string; ask: string }> {
  const session = await requireSomebody();
  const { orgId, person, organisation } = session;
  if (mayRead(session)) redirect(`/${encodeURIComponent(organisation.slug)}`);
  const names = await listWhoMay(orgId, 'manageMembers', null);
  const ask = `Ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)} for one.`;
  return { name: person.name, organisation: organisation.name, ask };
}
