import type { Metadata } from 'next';
import { Live } from '@/components/layout/live';
import { decodePart } from '@/components/layout/params';
import { paths } from '@/components/layout/paths';
import { TeamView } from '@/components/teams/team-view';
import { currentTime } from '@/components/ui/now';
import { withoutBidiControls } from '@/lib/domain/bidi';
import { loadLaneVersion, loadTeam } from '@/lib/lanes/loaders';

type Props = { params: Promise<{ org: string; team: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, team } = await params;
  const page = await loadTeam(decodePart(org), decodePart(team));
  return { title: withoutBidiControls(page.team.name) };
}

export default async function TeamPage({ params }: Props) {
  const { org: orgPart, team: teamPart } = await params;
  const [org, team] = [decodePart(orgPart), decodePart(teamPart)];
  const version = await loadLaneVersion(org, { team });
  return (
    <>
      <Live version={version} address={paths.changes({ team })} />
      <TeamView org={org} page={await loadTeam(org, team)} now={currentTime()} />
    </>
  );
}
