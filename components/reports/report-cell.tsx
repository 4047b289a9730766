import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';
import type { Cell, ReportLink } from '@/lib/domain/report/section';

/** Where a word of a report leads. */
function hrefOf(org: string, link: ReportLink): string {
  switch (link.to) {
    case 'lane':
      return paths.lane(org, link.team, link.category);
    case 'team':
      return paths.team(org, link.team);
    case 'decision':
      return paths.decision(org, link.id);
    case 'tasks': {
      const { to: _, ...filters } = link;
      return paths.tasks(org, filters);
    }
    case 'incident':
      return paths.incidents(org);
    case 'agents':
      return paths.agents(org);
    default:
      return link satisfies never;
  }
}

export function ReportCell({ org, cell: { text, link } }: { org: string; cell: Cell }) {
  const said = <bdi>{text}</bdi>;
  return link ? <TextLink href={hrefOf(org, link)}>{said}</TextLink> : said;
}
