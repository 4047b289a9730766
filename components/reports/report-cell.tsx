import { paths } from '@/components/layout/paths';
import { TextLink } from '@/components/ui/text-link';
import type { Cell, ReportLink } from '@/lib/domain/report/document';

/** Where a word of a report leads. Of its tasks, to those of the week that began on `monday`. */
function hrefOf(org: string, link: ReportLink, monday: string): string {
  switch (link.to) {
    case 'lane':
      return paths.lane(org, link.team, link.category);
    case 'team':
      return paths.team(org, link.team);
    case 'decision':
      return paths.decision(org, link.id);
    case 'tasks':
      return paths.tasks(org, { team: link.team, category: link.category, week: monday });
    case 'incident':
      return paths.incidents(org);
    case 'agents':
      return paths.agents(org);
    default:
      return link satisfies never;
  }
}

export function ReportCell({
  org,
  cell: { text, link },
  monday,
}: {
  org: string;
  cell: Cell;
  monday: string;
}) {
  const said = <bdi>{text}</bdi>;
  return link ? <TextLink href={hrefOf(org, link, monday)}>{said}</TextLink> : said;
}
