import { encodePart } from '@/lib/domain/encode-part';

/** Where every page lives. Parts are encoded here and nowhere else. */
function join(...parts: string[]): string {
  return `/${parts.map(encodePart).join('/')}`;
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}

type Query = Record<string, string | undefined>;

export const paths = {
  overview: (org: string) => join(org),
  decisions: (org: string, query: Query = {}) => withQuery(join(org, 'decisions'), query),
  decision: (org: string, id: string) => join(org, 'decisions', id),
  team: (org: string, team: string) => join(org, 'teams', team),
  lanes: (org: string, query: Query = {}) => withQuery(join(org, 'lanes'), query),
  lane: (org: string, team: string, category: string) => join(org, 'lanes', team, category),
  tasks: (org: string, query: Query = {}) => withQuery(join(org, 'tasks'), query),
  task: (org: string, ref: string) => join(org, 'tasks', ref),
  incidents: (org: string, query: Query = {}) => withQuery(join(org, 'incidents'), query),
  agents: (org: string) => join(org, 'agents'),
  audit: (org: string, query: Query = {}) => withQuery(join(org, 'audit'), query),
  reportFile: (week: string, query: Query) => withQuery(join('api', 'reports', week), query),
  unsubscribe: (query: Query) => withQuery('/api/unsubscribe', query),
  changes: (query: Query = {}) => withQuery('/api/changes', query),
  auditFile: (query: Query) => withQuery('/api/audit', query),
  reports: (org: string, query: Query = {}) => withQuery(join(org, 'reports'), query),
  comparison: (org: string, week: string, query: Query = {}) =>
    withQuery(join(org, 'reports', week, 'compare'), query),
  report: (org: string, week: string, team?: string, edition?: number) =>
    withQuery(join(org, 'reports', week), { team, edition: edition?.toString() }),
  record: (org: string) => join(org, 'record'),
  settings: (org: string) => join(org, 'settings'),
  members: (org: string) => join(org, 'settings', 'members'),
  member: (org: string, person: string) => join(org, 'settings', 'members', person),
  signIn: (org: string) => join(org, 'settings', 'sign-in'),
  connection: (org: string, id: string) => join(org, 'settings', 'sign-in', id),
  channels: (org: string) => join(org, 'settings', 'channels'),
  reportSettings: (org: string) => join(org, 'settings', 'reports'),
  tokens: (org: string) => join(org, 'settings', 'tokens'),
  removeSample: (org: string) => join(org, 'settings', 'sample'),
};
