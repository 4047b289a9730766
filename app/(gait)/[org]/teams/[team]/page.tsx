import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { TeamView } from '@/components/teams/team-view';
import { currentTime } from '@/components/ui/now';
import { loadTeam } from '@/lib/lanes/loaders';

type Props = { params: Promise<{ org: string; team: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, team } = await params;
  const page = await loadTeam(decodePart(org), decodePart(team));
  return { title: page.team.name };
}

export default async function TeamPage({ params }: Props) {
  const { org: orgPart, team } = await params;
  const org = decodePart(orgPart);
  return <TeamView org={org} page={await loadTeam(org, decodePart(team))} now={currentTime()} />;
}
