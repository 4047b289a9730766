import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as agents from '@/app/api/v1/agents/route';
import * as events from '@/app/api/v1/events/route';
import * as incidents from '@/app/api/v1/incidents/route';
import * as lane from '@/app/api/v1/lanes/[team]/[category]/route';
import * as lanes from '@/app/api/v1/lanes/route';
import * as recommendations from '@/app/api/v1/recommendations/route';
import * as report from '@/app/api/v1/reports/[week]/route';
import * as tasks from '@/app/api/v1/tasks/route';
import { weekAt } from '@/lib/domain/report/iso-week';
import { anIncident, aTask } from '@/lib/domain/testing/builders';
import { STORY_START } from '@/lib/domain/testing/event-log';
import { AppError, type ErrorCode } from '@/lib/platform/errors';
import { projectAll } from '@/lib/projection/projector';
import { reportOf } from '@/lib/reports/mutations/report-of';
import { aClock } from './clock';
import { aTestDatabase } from './database';
import { anOrganisation, type TestOrganisation } from './organisation';
import { theRecord } from './record';

/** docs/api.md, held to the routes: each has its section, and each example the shape of a real answer. */

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .filter((section) => section.startsWith('`'))
    .map((section) => [section.split('\n')[0]?.replaceAll('`', '') ?? '', section] as const),
);
const sectionOf = (name: string) => sections.get(name) ?? '';
const namesInTable = (section: string, head: string) => {
  const lines = section.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  const end = start < 0 ? 0 : lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines
    .slice(start + 2, end)
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
};
const exampleOf = (name: string): unknown =>
  JSON.parse(/```json\n([\s\S]*?)```/.exec(sectionOf(name))?.[1] ?? 'null');

/** Browsers alone are sent to the other addresses, by Gait's own pages and by providers. */
const routes = globSync('app/api/{v1,health}/**/route.ts').flatMap((file) => {
  const address = file.slice('app'.length, -'/route.ts'.length).replaceAll(/\[(\w+)\]/g, '{$1}');
  const [, given = ''] = /methods\(\{ ([^}]+) \}\)/.exec(readFileSync(file, 'utf8')) ?? [];
  return [...given.matchAll(/\b(GET|POST):/g)].map(([, method]) => `${method} ${address}`);
});

aTestDatabase();

let authorization: string;
let org: TestOrganisation;
beforeAll(async () => {
  const clock = aClock(Date.now());
  org = await anOrganisation({ clock });
  authorization = `Bearer ${(await org.newToken({ scopes: ['read', 'events:write'] })).secret}`;
  const clean = Array.from({ length: 20 }, (_, index) =>
    aTask(`t#${index}`)
      .at(STORY_START + index * 3_600_000)
      .openedBy('codex', { team: 'Payments', category: 'tests' })
      .approvedBy('ana')
      .merged('ana'),
  );
  const incident = anIncident('pd:7').opened('SEV4').linkedTo('t#0', 'suggested', { confidence: 0.5 });
  await theRecord(org.ctx, ...clean, incident);
  await projectAll(clock);
});

const ask = (query = '') => new Request(`http://gait/api${query}`, { headers: { authorization } });
const none = { params: Promise.resolve({}) };
const lists = {
  'GET /api/v1/lanes': (query = '') => lanes.GET(ask(query), none),
  'GET /api/v1/tasks': (query = '') => tasks.GET(ask(query), none),
  'GET /api/v1/incidents': (query = '') => incidents.GET(ask(query), none),
  'GET /api/v1/agents': (query = '') => agents.GET(ask(query), none),
  'GET /api/v1/recommendations': (query = '') => recommendations.GET(ask(query), none),
} as const;
const paths = Object.keys(lists) as (keyof typeof lists)[];

/** The names of fields, at every depth, of a value; a list has those of its first entry. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return '';
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, shapeOf(inner)]),
  );
}

type List = { items: Record<string, unknown>[]; nextCursor: string | null };

describe('docs/api.md', () => {
  it('has a section for each route, and for nothing else', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect([...sections.keys()].sort()).toEqual([...routes].sort());
  });

  it.each(paths)('shows an item of %s as it is', async (name) => {
    const { items } = (await (await lists[name]()).json()) as List;
    const example = exampleOf(name) as List;
    expect(items.length).toBeGreaterThan(0);
    expect(Object.keys(example)).toEqual(['items', 'nextCursor']);
    const [item, shown] = [items[0] ?? {}, example.items[0] ?? {}];
    expect(Object.keys(shown).sort()).toEqual(Object.keys(item).sort());
    for (const key of ['counts', 'links'].filter((one) => one in item))
      expect(shapeOf(shown[key]), key).toEqual(shapeOf(item[key]));
  });

  it.each(paths)('names the parameters of %s, and no others', async (name) => {
    const named = namesInTable(sectionOf(name), 'parameter');
    const known = new Set(paths.flatMap((path) => namesInTable(sectionOf(path), 'parameter')));
    for (const parameter of [...known, 'sort', 'limit']) {
      const detail =
        ((await (await lists[name](`?${parameter}=%00`)).json()) as { detail?: string }).detail ?? '';
      const isKnown = named.length === 0 || !detail.includes('must not hold');
      expect(isKnown, parameter).toBe(named.length === 0 || named.includes(parameter));
    }
    if (named.length === 0) expect(sectionOf(name)).not.toContain('cursor`');
  });

  it('shows a spark of as many weeks as there are in one', async () => {
    const { items } = (await (await lists['GET /api/v1/lanes']()).json()) as List;
    const shown = (exampleOf('GET /api/v1/lanes') as List).items[0]?.spark;
    expect([shown].flat()).toHaveLength([items[0]?.spark].flat().length);
  });

  it('names each field of a lane', async () => {
    const params = Promise.resolve({ team: 'payments', category: 'tests' });
    const answer = (await (await lane.GET(ask(), { params })).json()) as Record<string, object>;
    const name = 'GET /api/v1/lanes/{team}/{category}';
    expect(namesInTable(sectionOf(name), 'field').sort()).toEqual(Object.keys(answer).sort());
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(Object.keys(exampleOf(name) as object)));
    const { teamName, categoryName, ...cell } = (exampleOf('GET /api/v1/lanes') as List).items[0] ?? {};
    expect(Object.keys(cell).sort()).toEqual(Object.keys(answer.cell ?? {}).sort());
  });

  it('names each field of a report', async () => {
    const { content } = await reportOf(org.ctx, { week: weekAt(STORY_START, 'UTC'), team: '' });
    const params = Promise.resolve({ week: content.week });
    const answer = (await (await report.GET(ask(), { params })).json()) as Record<string, object>;
    const section = sectionOf('GET /api/v1/reports/{week}');
    expect(namesInTable(section, 'field').sort()).toEqual(Object.keys(answer).sort());
    expect(namesInTable(section, 'parameter')).toEqual(['team', 'edition']);
    const pdf = new Request('http://gait/api', { headers: { authorization, accept: 'application/pdf' } });
    const file = await report.GET(pdf, { params });
    expect(section).toContain('`Accept: application/pdf`');
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect((await file.text()).slice(0, 5)).toBe('%PDF-');
    const early = await report.GET(ask(), { params: Promise.resolve({ week: '2026-W54' }) });
    expect(early.status).toBe(404);
  });

  it('shows the answer to events as it is', async () => {
    const [event] = aTask('x#1').openedBy('codex').events;
    const body = JSON.stringify({
      specversion: '1.0',
      id: 'x',
      source: 's',
      type: event?.type,
      data: event?.data,
    });
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await events.POST(new Request('http://gait/', { method: 'POST', headers, body }), none);
    expect(shapeOf(exampleOf('POST /api/v1/events'))).toEqual(shapeOf(await answer.json()));
  });

  it('gives every code its status, and no other', async () => {
    const isSeen: Record<ErrorCode, boolean> = {
      bad_request: true,
      invalid: true,
      unauthenticated: true,
      fresh_sign_in_needed: false,
      forbidden: true,
      not_found: true,
      conflict: true,
      stale: false,
      too_large: true,
      unsupported_media: true,
      limited: true,
      overloaded: true,
      unavailable: true,
      cannot_start: false,
      internal: true,
    };
    const codes = (Object.keys(isSeen) as ErrorCode[]).filter((code) => isSeen[code]);
    const refused = await lanes.DELETE(ask(), none);
    const { code } = (await refused.json()) as { code: string };
    const expected = [...codes.map((one) => [one, new AppError(one, '').status]), [code, refused.status]];
    const rows = [...page.matchAll(/^\| `(\w+)` \| (\d{3}) \|/gm)].map(([, one, status]) => [
      one,
      Number(status),
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });

  it('shows a problem as it is', async () => {
    const example = JSON.parse(/```json\n(\{ "type"[\s\S]*?)```/.exec(page)?.[1] ?? 'null');
    const answer = (await (await lists['GET /api/v1/lanes']('?gear=fly')).json()) as Record<string, unknown>;
    expect({ ...answer, requestId: '' }).toEqual({ ...example, requestId: '' });
  });
});
