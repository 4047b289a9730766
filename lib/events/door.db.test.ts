import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { POST } from '@/app/api/v1/events/route';
import { EVENT_TYPES, INTERNAL_EVENT_TYPES } from '@/lib/domain/event';
import { aTask } from '@/lib/domain/testing/builders';
import { inOrg } from '@/lib/platform/db';
import { createSecret } from '@/lib/platform/secret';
import { projectAll } from '@/lib/projection/projector';
import { aClock } from '@/lib/testing/clock';
import { aTestDatabase } from '@/lib/testing/database';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { projectionRows } from '@/lib/testing/projections';
import { asCloudEvent } from '@/lib/testing/record';
import { revokeToken } from '@/lib/tokens/mutations';

aTestDatabase();

const MIB = 1024 * 1024;
let org: TestOrganisation;
const clock = aClock(Date.now());

beforeAll(async () => {
  org = await anOrganisation({ clock });
});

type Answer = {
  status: number;
  type: string | null;
  body: {
    code?: string;
    detail?: string;
    accepted?: number;
    rejected?: number;
    errors?: { pointer: string; message: string }[];
    items?: { status: string; errors?: { pointer: string; message: string }[] }[];
  };
};

async function send(body: BodyInit | null, headers: Record<string, string> = {}): Promise<Answer> {
  const request = new Request('http://gait/api/v1/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json', ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Answer['body'],
  };
}

const stored = () => inOrg(org.orgId, (tx) => tx.event.count({ where: { orgId: org.orgId } }));

let number = 0;
/** A good event, a new one each time, with some of its fields replaced. */
function event(changes: Record<string, unknown> = {}): Record<string, unknown> {
  number += 1;
  const [opened] = aTask(`t#${number}`).openedBy('codex', {
    title: 'One',
    team: 'Payments',
    category: 'tests',
  }).events;
  if (!opened) throw new Error('A story has a beginning.');
  return { ...asCloudEvent(opened), ...changes };
}
const task = (changes: Record<string, unknown>) =>
  event({ data: { task: { ref: `t#${number}`, ...changes } } });
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const text = (value: unknown) => JSON.stringify(value);
const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString();

const refusedWhole: [
  what: string,
  body: () => BodyInit | null,
  headers: Record<string, string>,
  status: number,
  code: string,
][] = [
  ['an empty body', () => '', {}, 400, 'bad_request'],
  ['no body', () => null, {}, 400, 'bad_request'],
  ['JSON that ends too soon', () => '{"specversion": "1.0"', {}, 400, 'bad_request'],
  ['JSON with a comma too many', () => '[1,]', {}, 400, 'bad_request'],
  ['XML', () => '<event/>', {}, 400, 'bad_request'],
  ['bytes that are not UTF-8', () => new Uint8Array([0x22, 0xff, 0xfe, 0x22]), {}, 400, 'bad_request'],
  [
    'a content type that is none of ours',
    () => text(event()),
    { 'content-type': 'text/plain' },
    415,
    'unsupported_media',
  ],
  [
    'another charset',
    () => text(event()),
    { 'content-type': 'application/json; charset=utf-16' },
    415,
    'unsupported_media',
  ],
  ['a form', () => 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media'],
  [
    'a batch that is no array',
    () => text(event()),
    { 'content-type': 'application/cloudevents-batch+json' },
    400,
    'bad_request',
  ],
  [
    'an encoding that is none of ours',
    () => text(event()),
    { 'content-encoding': 'br' },
    415,
    'unsupported_media',
  ],
  ['gzip that is not', () => text(event()), { 'content-encoding': 'gzip' }, 400, 'bad_request'],
  [
    'gzip that ends too soon',
    () => gzipSync(text(event())).subarray(0, 60),
    { 'content-encoding': 'gzip' },
    400,
    'bad_request',
  ],
  [
    'gzip that unfolds to 9 MiB',
    () => gzipSync(Buffer.alloc(9 * MIB, 0x20)),
    { 'content-encoding': 'gzip' },
    413,
    'too_large',
  ],
  ['gzip that unfolds to 1 GiB', () => gzipBomb(), { 'content-encoding': 'gzip' }, 413, 'too_large'],
  ['9 MiB', () => ' '.repeat(9 * MIB), {}, 413, 'too_large'],
  ['9 MiB in chunks of unknown number', () => chunks(9, MIB), {}, 413, 'too_large'],
  ['5,001 events', () => text(Array.from({ length: 5001 }, () => event())), {}, 413, 'too_large'],
  ['5,001 lines', () => '{}\n'.repeat(5001), { 'content-type': 'application/x-ndjson' }, 413, 'too_large'],
  ['8 MiB of brackets', () => '['.repeat(8 * MIB), {}, 400, 'bad_request'],
  ['no token', () => text(event()), { authorization: '' }, 401, 'unauthenticated'],
  ['a password', () => text(event()), { authorization: 'Basic Z2FpdDpnYWl0' }, 401, 'unauthenticated'],
  ['a token that is none', () => text(event()), { authorization: 'Bearer gait_123' }, 401, 'unauthenticated'],
  [
    'a token of an organisation that does not exist',
    () => text(event()),
    { authorization: `Bearer ${createSecret('token', '0198a5a0-0000-7000-8000-000000000000').secret}` },
    401,
    'unauthenticated',
  ],
];

it.each(refusedWhole)('refuses %s, and keeps nothing of it', async (_what, body, headers, status, code) => {
  const before = await stored();
  const answer = await send(body(), headers);
  expect(answer).toMatchObject({ status, type: 'application/problem+json', body: { code } });
  expect(answer.body.detail).toMatch(/^[A-Z].{10,400}\.$|^Send a token/);
  expect(await stored()).toBe(before);
});

/** A thousand members of gzip, a MiB of blanks each. */
function gzipBomb(): Uint8Array<ArrayBuffer> {
  const member = gzipSync(Buffer.alloc(MIB, 0x20));
  return new Uint8Array(Buffer.concat(Array.from({ length: 1024 }, () => member)));
}

function chunks(count: number, size: number): ReadableStream<Uint8Array> {
  let left = count;
  return new ReadableStream({
    pull(controller) {
      left -= 1;
      if (left < 0) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(0x20));
    },
  });
}

const refusedEvents: [what: string, event: () => unknown, pointer: string][] = [
  ['null', () => null, ''],
  ['a number', () => 7, ''],
  ['a text', () => 'event', ''],
  ['an array in an array', () => [event()], ''],
  ['no specversion', () => event({ specversion: undefined }), '/specversion'],
  ['another specversion', () => event({ specversion: '0.3' }), '/specversion'],
  ['no id', () => event({ id: undefined }), '/id'],
  ['an empty id', () => event({ id: '' }), '/id'],
  ['an id that is a number', () => event({ id: 1 }), '/id'],
  ['an id of 301 characters', () => event({ id: 'i'.repeat(301) }), '/id'],
  ['an id with NUL', () => event({ id: 'a\u0000b' }), '/id'],
  ['an id with half of a pair', () => event({ id: 'a\ud800' }), '/id'],
  ['a source with a line break', () => event({ source: 'a\nb' }), '/source'],
  ['a source of 501 characters', () => event({ source: 's'.repeat(501) }), '/source'],
  ['a type that nobody knows', () => event({ type: 'dev.gait.task.eaten.v1' }), '/type'],
  ['a version that nobody knows', () => event({ type: 'dev.gait.task.opened.v9' }), '/type'],
  ['a type that is a name of Object', () => event({ type: 'constructor' }), '/type'],
  ['a type that is the prototype', () => event({ type: '__proto__' }), '/type'],
  ...INTERNAL_EVENT_TYPES.map(
    (type) =>
      [`${type}, which only Gait writes`, () => event({ type }), '/type'] as [string, () => unknown, string],
  ),
  ['a time that is no time', () => event({ time: 'yesterday' }), '/time'],
  ['a time without a zone', () => event({ time: '2026-01-05T09:00:00' }), '/time'],
  ['a day that does not exist', () => event({ time: '2026-02-30T09:00:00Z' }), '/time'],
  ['a leap second in the middle of the day', () => event({ time: '2026-01-05T09:00:60Z' }), '/time'],
  ['a time in milliseconds', () => event({ time: 1767600000000 }), '/time'],
  ['a time six minutes ahead', () => event({ time: inFuture(6 * 60_000) }), '/time'],
  ['a time before 2000', () => event({ time: '1999-12-31T23:59:59.999Z' }), '/time'],
  ['a year of five digits', () => event({ time: '+12026-01-05T09:00:00Z' }), '/time'],
  ['no data', () => event({ data: undefined }), '/data'],
  ['data that is an array', () => event({ data: [] }), '/data'],
  ['no task', () => event({ data: {} }), '/data/task'],
  ['a task that is a text', () => event({ data: { task: 't#1' } }), '/data/task'],
  ['no ref', () => event({ data: { task: {} } }), '/data/task/ref'],
  ['an empty ref', () => task({ ref: '' }), '/data/task/ref'],
  ['a ref of 501 characters', () => task({ ref: 'r'.repeat(501) }), '/data/task/ref'],
  ['a ref with NUL', () => task({ ref: 't\u0000' }), '/data/task/ref'],
  ['a ref with half of a pair', () => task({ ref: 't\udc00' }), '/data/task/ref'],
  ['a title of 100 KB', () => task({ title: 't'.repeat(100_000) }), '/data/task/title'],
  ['a title with NUL', () => task({ title: 'a\u0000b' }), '/data/task/title'],
  ['a title with an escape', () => task({ title: '\u001b[31mred' }), '/data/task/title'],
  ['a title with half of a pair', () => task({ title: '\ud83d' }), '/data/task/title'],
  ['a size below zero', () => task({ additions: -1 }), '/data/task/additions'],
  ['a size with a fraction', () => task({ deletions: 1.5 }), '/data/task/deletions'],
  ['a size that no column holds', () => task({ files: 1e12 }), '/data/task/files'],
  ['a size that is a text', () => task({ files: '3' }), '/data/task/files'],
  ['an address that runs a script', () => task({ url: 'javascript:alert(1)' }), '/data/task/url'],
  ['labels that are a text', () => task({ labels: 'bug' }), '/data/task/labels'],
  ['101 labels', () => task({ labels: Array.from({ length: 101 }, String) }), '/data/task/labels'],
  ['a label with NUL', () => task({ labels: ['good', '\u0000'] }), '/data/task/labels/1'],
  ['3,001 paths', () => task({ paths: Array.from({ length: 3001 }, String) }), '/data/task/paths'],
  [
    'an author of a kind that is none',
    () => task({ authors: [{ login: 'ana', kind: 'cat' }] }),
    '/data/task/authors/0/kind',
  ],
  [
    'NUL in a field that Gait does not know',
    () => task({ custom: { note: '\u0000' } }),
    '/data/task/custom/note',
  ],
  [
    'half of a pair in a field that Gait does not know',
    () => task({ custom: ['\ud800'] }),
    '/data/task/custom/0',
  ],
  ['NUL in the name of a field', () => task({ custom: { 'a\u0000': 1 } }), '/data/task/custom/a\u0000'],
  [
    'a verdict that is none',
    () =>
      event({
        type: 'dev.gait.review.submitted.v1',
        data: { task: { ref: 't#1' }, review: { ref: 'r', reviewer: { login: 'ana' }, verdict: 'lgtm' } },
      }),
    '/data/review/verdict',
  ],
  [
    'a severity that is none',
    () =>
      event({
        type: 'dev.gait.incident.opened.v1',
        data: { incident: { ref: 'i', title: 'x', severity: 'SEV0' } },
      }),
    '/data/incident/severity',
  ],
  [
    'a confidence above one',
    () =>
      event({
        type: 'dev.gait.incident.linked.v1',
        data: { incident: { ref: 'i' }, task: { ref: 't#1' }, confidence: 1.01 },
      }),
    '/data/confidence',
  ],
  [
    'a ref of a review longer than its index',
    () =>
      event({
        type: 'dev.gait.review.submitted.v1',
        data: {
          task: { ref: '試'.repeat(500) },
          review: { ref: 'r', reviewer: { login: 'ana' }, verdict: 'approved' },
        },
      }),
    '/data/task/ref',
  ],
];

it.each(refusedEvents)(
  'says where %s is wrong, and keeps the event beside it',
  async (_what, bad, pointer) => {
    const before = await stored();
    const wrong = bad();
    if (!Array.isArray(wrong)) {
      const single = await send(text(wrong));
      expect(single).toMatchObject({
        status: 422,
        type: 'application/problem+json',
        body: { code: 'invalid' },
      });
      expect(single.body.errors?.map((error) => error.pointer)).toContain(pointer);
      expect(await stored()).toBe(before);
    }
    const batch = await send(text([wrong, event()]));
    expect(batch).toMatchObject({ status: 200, body: { accepted: 1, rejected: 1 } });
    expect(batch.body.items?.map(({ status }) => status)).toEqual(['rejected', 'accepted']);
    expect(batch.body.items?.[0]?.errors?.map((error) => error.pointer)).toContain(pointer);
    expect(await stored()).toBe(before + 1);
  },
);

const taken: [what: string, body: () => BodyInit, headers?: Record<string, string>][] = [
  [
    'emoji, right-to-left and combining letters',
    () => text(task({ title: '🚀 مرحبا שלום é 👩‍👩‍👧 試験', team: 'فريق', labels: ['🐛'] })),
  ],
  ['tabs and line breaks in a title', () => text(task({ title: 'a\tb\nc' }))],
  ['a time five minutes ahead', () => text(event({ time: inFuture(4.9 * 60_000) }))],
  [
    'a time with an offset and nanoseconds',
    () => text(event({ time: '2026-01-05T09:00:00.123456789+05:30' })),
  ],
  ['a time in small letters', () => text(event({ time: '2026-01-05t09:00:00z' }))],
  ['a leap second', () => text(event({ time: '2016-12-31T23:59:60Z' }))],
  ['no time at all', () => text(event({ time: undefined }))],
  [
    'fields that Gait does not know',
    () => text(task({ custom: { a: [1, null, 'x'] }, constructor: 'x', toString: 1 })),
  ],
  ['__proto__ as a field', () => text(event()).replace('"data":{', '"data":{"__proto__":{"polluted":true},')],
  [
    'the same key twice: the last one counts',
    () => text(event()).replace('"specversion":"1.0"', '"specversion":"0.1","specversion":"1.0"'),
  ],
  [
    'the longest id and source, in letters of three bytes',
    () => text(event({ id: '試'.repeat(300), source: '験'.repeat(500) })),
  ],
  ['a BOM', () => `\ufeff${text(event())}`],
  ['gzip', () => gzipSync(text(event())), { 'content-encoding': 'gzip' }],
  ['gzip said in capitals', () => gzipSync(text(event())), { 'content-encoding': 'GZIP' }],
  [
    'a content type with a charset',
    () => text(event()),
    { 'content-type': 'Application/CloudEvents+JSON; charset=utf-8' },
  ],
  ['a batch', () => text([event()]), { 'content-type': 'application/cloudevents-batch+json' }],
  [
    'lines, some of them blank, ended as on Windows',
    () => `\r\n${text(event())}\r\n\r\n`,
    { 'content-type': 'application/x-ndjson' },
  ],
  [
    'an event in headers',
    () => text(event().data),
    {
      'ce-specversion': '1.0',
      'ce-id': 'in-headers',
      'ce-source': 'ci%20x',
      'ce-type': 'dev.gait.task.opened.v1',
    },
  ],
];

it.each(taken)('takes %s', async (_what, body, headers) => {
  const before = await stored();
  expect(await send(body(), headers)).toMatchObject({ status: 200, body: { accepted: 1, rejected: 0 } });
  expect(await stored()).toBe(before + 1);
});

it.each([51, 5_000, 500_000])('refuses data of %i levels, and keeps the event beside it', async (levels) => {
  const nested = text(event({ data: { task: { ref: 't#1' }, deep: '?' } })).replace('"?"', deep(levels));
  const answer = await send(`[${nested}, ${text(event())}]`);
  expect(answer).toMatchObject({ status: 200, body: { accepted: 1, rejected: 1 } });
  expect(answer.body.items?.[0]?.errors).toEqual([
    { pointer: '/data/deep', message: 'must not nest more than 50 levels deep' },
  ]);
});

/** The statuses that docs/events.md has for each kind of request. */
const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
const statusOnPage = (kind: string) =>
  page
    .split('\n')
    .find((line) => line.startsWith(`| ${kind} |`))
    ?.split('|')[2]
    ?.trim();

it.each<[kind: string, body: () => BodyInit, field: 'items' | 'errors', recorded: number]>([
  ['one event, valid', () => text(event()), 'items', 1],
  ['one event, not valid', () => text(event({ type: 'x' })), 'errors', 0],
  ['an array or lines, all valid, or empty', () => text([event(), event()]), 'items', 2],
  ['an array or lines, all valid, or empty', () => '[]', 'items', 0],
  ['an array or lines, some valid', () => text([event(), event({ type: 'x' })]), 'items', 1],
  ['an array or lines, none valid', () => text([event({ type: 'x' }), 7]), 'items', 0],
  ['an array or lines, none valid', () => text([event({ type: 'x' })]), 'items', 0],
])('answers %s as docs/events.md says', async (kind, body, field, recorded) => {
  const before = await stored();
  const answer = await send(body());
  expect(String(answer.status)).toBe(statusOnPage(kind));
  expect(answer.body[field]).toBeInstanceOf(Array);
  expect((await stored()) - before).toBe(recorded);
});

it('takes a request without any event', async () => {
  expect(await send('[]')).toMatchObject({ status: 200, body: { accepted: 0, rejected: 0 } });
});

it.each([
  ['wait=5', 'wait=5'],
  ['wait=99999', 'wait=30'],
  ['wait=soon', null],
  ['respond-async', null],
])('answers Prefer: %s with Preference-Applied: %s', async (prefer, applied) => {
  await projectAll(clock);
  const headers = { authorization: `Bearer ${org.token}`, 'content-type': 'application/json', prefer };
  const request = new Request('http://gait/api/v1/events', { method: 'POST', headers, body: '[]' });
  const response = await POST(request, { params: Promise.resolve({}) });
  expect([response.status, response.headers.get('preference-applied')]).toEqual([200, applied]);
});

it('tells the line that is not JSON by its number in the file', async () => {
  const answer = await send(`${text(event())}\n\n{oops\n`, { 'content-type': 'application/x-ndjson' });
  expect(answer).toMatchObject({ status: 200, body: { accepted: 1, rejected: 1 } });
  expect(answer.body.items?.[1]?.errors).toEqual([{ pointer: '', message: 'line 3 is not JSON' }]);
});

it('survives a sender who goes away in the middle, also of gzip', async () => {
  for (const headers of [{}, { 'content-encoding': 'gzip' }]) {
    const half = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(gzipSync(text(event())).subarray(0, 20)));
      },
      pull: (controller) => controller.error(new Error('aborted')),
    });
    expect(await send(half, headers)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  }
});

it('an invented token, a revoked one and one without the scope are refused, and nothing is kept', async () => {
  const before = await stored();
  const revoked = await org.newToken();
  await revokeToken(org.owner, revoked.id);
  const reader = await org.newToken({ scopes: ['read'] });
  const invented = createSecret('token', org.orgId).secret;
  expect(await send(text(event()), { authorization: `Bearer ${invented}` })).toMatchObject({ status: 401 });
  expect(await send(text(event()), { authorization: `Bearer ${revoked.secret}` })).toMatchObject({
    status: 401,
  });
  expect(await send(text(event()), { authorization: `Bearer ${reader.secret}` })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
  expect(await stored()).toBe(before);
});

it('what a token of one organisation says about the tasks of another stays its own', async () => {
  const other = await anOrganisation({ name: 'Other', clock });
  const foreign = event();
  await send(text(foreign));
  await projectAll(clock);
  const before = await projectionRows(org.orgId);
  const authorization = `Bearer ${other.token}`;
  const data = { ...(foreign.data as object), org_id: org.orgId, orgId: org.orgId };
  expect(await send(text({ ...foreign, data, orgid: org.orgId }), { authorization })).toMatchObject({
    body: { accepted: 1 },
  });
  await projectAll(clock);
  expect(await projectionRows(org.orgId)).toEqual(before);
  expect((await projectionRows(other.orgId)).task).toHaveLength(1);
});

it('everything that was taken can be folded', async () => {
  await projectAll(clock);
  expect(await inOrg(org.orgId, (tx) => tx.projectionWork.count())).toBe(0);
  expect(EVENT_TYPES.length).toBeGreaterThan(10);
});
