import { encodePart } from '@/lib/domain/encode-part';
import type { ReportLink } from '@/lib/domain/report/section';
import { publicUrl } from '@/lib/platform/env';
import { readingLink } from '@/lib/sessions/reading-link';

/** Paths of an organisation's pages, for what is read outside of Gait; as `components/layout/paths` has them. */
export function pathsOf(slug: string) {
  const home = `/${encodePart(slug)}`;
  return {
    decisions: `${home}/decisions`,
    audit: `${home}/audit`,
    reports: `${home}/reports`,
    report: (week: string, team: string) =>
      `${home}/reports/${week}${team === '' ? '' : `?team=${encodeURIComponent(team)}`}`,
    of: (link: ReportLink) => home + pathOf(link),
  };
}

export const wholeAddress = (path: string): string => publicUrl() + path;

/** Whole addresses for somebody's mail: those that they are to act on lead through sign-in, where one is needed. */
export function addressesFor(personId: string, now: Date) {
  const leading = (path: string) => readingLink(path, personId, now);
  return {
    page: leading,
    link: (slug: string) => (link: ReportLink) => {
      const path = pathsOf(slug).of(link);
      return link.to === 'decision' ? leading(path) : wholeAddress(path);
    },
  };
}

function pathOf(link: ReportLink): string {
  switch (link.to) {
    case 'tasks': {
      const { to: _, ...filters } = link;
      return `/tasks?${new URLSearchParams(filters)}`;
    }
    case 'lane':
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
