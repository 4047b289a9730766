import type { Metadata } from 'next';
import { LaneView } from '@/components/lanes/lane-view';
import { decodePart } from '@/components/layout/params';
import { loadLane } from '@/lib/lanes/loaders';

type Props = { params: Promise<{ org: string; team: string; category: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, team, category } = await params;
  const page = await loadLane(decodePart(org), decodePart(team), decodePart(category));
  return { title: `${page.team.name} · ${page.category.name}` };
}

export default async function LanePage({ params }: Props) {
  const { org, team, category } = await params;
  return <LaneView page={await loadLane(decodePart(org), decodePart(team), decodePart(category))} />;
}
