import { encodePart } from '@/lib/domain/encode-part';
import type { ReportLink } from '@/lib/domain/report/document';
import type { AddressOf } from '@/lib/domain/report/plain-text';
import { publicUrl } from '@/lib/platform/env';

/** The whole addresses of an organisation's pages, for what is read outside of Gait; the pages are those of `components/layout/paths`. */
export function addressesOf(slug: string): {
  home: string;
  addressOf: AddressOf;
  report(week: string, team: string): string;
} {
  const home = `${publicUrl()}/${encodePart(slug)}`;
  return {
    home,
    addressOf: (link) => home + pathOf(link),
    report: (week, team) =>
      `${home}/reports/${week}${team === '' ? '' : `?team=${encodeURIComponent(team)}`}`,
  };
}

function pathOf(link: ReportLink): string {
  switch (link.to) {
    case 'lane':
    case 'tasks':
      return `/lanes/${encodePart(link.team)}/${encodePart(link.category)}`;
    case 'team':
      return `/teams/${encodePart(link.team)}`;
    case 'decision':
      return `/decisions/${encodePart(link.id)}`;
    case 'incident':
      return '/incidents';
    case 'agents':
      return '/agents';
    default:
      return link satisfies never;
  }
}
