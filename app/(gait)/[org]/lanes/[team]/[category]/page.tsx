import type { Metadata } from 'next';
import { LaneView } from '@/components/lanes/lane-view';
import { Live } from '@/components/layout/live';
import { decodePart } from '@/components/layout/params';
import { paths } from '@/components/layout/paths';
import { withoutBidiControls } from '@/lib/domain/bidi';
import { loadLane, loadLaneVersion } from '@/lib/lanes/loaders';

type Props = { params: Promise<{ org: string; team: string; category: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, team, category } = await params;
  const page = await loadLane(decodePart(org), decodePart(team), decodePart(category));
  return { title: withoutBidiControls(`${page.team.name} · ${page.category.name}`) };
}

export default async function LanePage({ params }: Props) {
  const parts = await params;
  const org = decodePart(parts.org);
  const lane = { team: decodePart(parts.team), category: decodePart(parts.category) };
  const version = await loadLaneVersion(org, lane);
  return (
    <>
      <Live version={version} address={paths.changes(lane)} />
      <LaneView page={await loadLane(org, lane.team, lane.category)} />
    </>
  );
}
