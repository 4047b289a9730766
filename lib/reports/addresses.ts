import { encodePart } from '@/lib/domain/encode-part';
import type { ReportContent } from '@/lib/domain/report/content';
import type { ReportLink } from '@/lib/domain/report/document';
import { publicUrl } from '@/lib/platform/env';

/** Where a report stands on the web, and where its words lead, as whole addresses: for mails and paper. */
export function addressesOf({ organisation, team, week }: ReportContent): {
  url: string;
  addressOf: (link: ReportLink) => string;
} {
  const home = `${publicUrl()}/${encodePart(organisation.slug)}`;
  return {
    url: `${home}/reports/${week}${team ? `?team=${encodeURIComponent(team.slug)}` : ''}`,
    addressOf: (link) => home + pathOf(link),
  };
}

/** Within the organisation's pages, as `components/layout/paths` has them. */
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
