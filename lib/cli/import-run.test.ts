import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inFolder } from '@/lib/importing/testing/import-files';
import { adoptEnv } from '@/lib/platform/env';
import { importFiles } from './import-run';

const HEADER = 'id,number,repo,created_at,state';
const TABLE = `${HEADER}
1,1,a/b,2025-06-01T00:00:00Z,open
2,2,a/b,never,open
`;

let requests: string[];
let said: string;

/** A server that takes what it is sent. */
function take(_url: string, init: RequestInit): Promise<Response> {
  requests.push(String(init.body));
  return Promise.resolve(
    Response.json({ accepted: String(init.body).split('\n').length, duplicates: 0, items: [] }),
  );
}

beforeEach(() => {
  requests = [];
  said = '';
  vi.stubGlobal('fetch', vi.fn(take));
  const keep = (text: string | Uint8Array): boolean => {
    said += text;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Runs an import of files in a folder of their own, to a server. */
function importTo(files: Readonly<Record<string, string>>, work: (folder: string) => Promise<number>) {
  return inFolder(async (folder) => {
    adoptEnv({ GAIT_HOME: join(folder, 'home'), GAIT_TOKEN: 'gait_x', GAIT_URL: 'http://gait.test' });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return work(folder);
  });
}

it('sends nothing when the error file cannot be written, and does not say that it goes on', async () => {
  await importTo({ 'prs.csv': TABLE }, async (folder) => {
    const flags = { agent: 'codex', errors: join(folder, 'none', 'e.ndjson') };
    for (const dryRun of [false, true])
      await expect(importFiles([join(folder, 'prs.csv')], { ...flags, dryRun })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('cannot be written: there is no such folder.'),
      });
    return 0;
  });
  expect(requests).toEqual([]);
  expect(said).toBe('');
});

it('does not speak of going on when a refusal came before anything went in', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 401 })));
  await importTo({ 'prs.csv': TABLE }, async (folder) => {
    const flags = { agent: 'codex', errors: join(folder, 'e.ndjson') };
    await expect(importFiles([join(folder, 'prs.csv')], flags)).rejects.toThrow(
      'does not know this GAIT_TOKEN',
    );
    expect(existsSync(join(folder, 'home', 'imports'))).toBe(false);
    return 0;
  });
  expect(said).toBe('');
});

it('sends nothing when its place cannot be kept', async () => {
  await importTo({ 'prs.csv': TABLE, file: '' }, async (folder) => {
    adoptEnv({ GAIT_HOME: join(folder, 'file') });
    const flags = { agent: 'codex', errors: join(folder, 'e.ndjson') };
    await expect(importFiles([join(folder, 'prs.csv')], flags)).rejects.toMatchObject({
      code: 'cannot_start',
      message: expect.stringContaining('file: it is a file. Set GAIT_HOME to a folder.'),
    });
    return 0;
  });
  expect(requests).toEqual([]);
});

it('says after how many events the same command goes on', async () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => `${at},${at},a/b,2025-06-01T00:00:00Z,open`);
  const answers = vi
    .fn(take)
    .mockImplementationOnce(take)
    .mockImplementation(() => Promise.resolve(new Response('', { status: 401 })));
  vi.stubGlobal('fetch', answers);
  await importTo({ 'prs.csv': `${HEADER}\n${rows.join('\n')}\n` }, async (folder) => {
    const flags = { agent: 'codex', errors: join(folder, 'e.ndjson') };
    await expect(importFiles([join(folder, 'prs.csv')], flags)).rejects.toThrow();
    return 0;
  });
  expect(said).toBe('500 events went in. The same command goes on from there.\n');
});

it.each([
  ['a row went in, although another was refused', { 'prs.csv': TABLE }, {}, 0],
  ['a row was refused, and none may be', { 'prs.csv': TABLE }, { strict: true }, 1],
  ['the table has a header and no rows', { 'prs.csv': `${HEADER}\n` }, {}, 1],
  ['all rows were refused', { 'prs.csv': `${HEADER}\n1,2\n` }, {}, 1],
  [
    'no review belongs to anything',
    { 'prs.csv': 'review_id,pr_id,reviewer,state,submitted_at\n1,9,ana,approved,2025-06-01T00:00:00Z\n' },
    {},
    1,
  ],
])('when %s', async (_, files, flags, code) => {
  for (const dryRun of [false, true]) {
    const given = await importTo(files, (folder) =>
      importFiles([join(folder, 'prs.csv')], {
        ...flags,
        agent: 'codex',
        errors: join(folder, 'e.ndjson'),
        dryRun,
      }),
    );
    expect(given).toBe(code);
  }
});

it('takes the good files of a folder, names the bad one, and does not call that done', async () => {
  const files = {
    'm.json': '{"name":"m","agent":"codex","files":{"pullRequests":"-prs.csv"}}',
    'a-prs.csv': '',
    'b-prs.csv': TABLE,
  };
  const code = await importTo(files, (folder) =>
    importFiles([folder], { mapping: join(folder, 'm.json'), errors: join(folder, 'e.ndjson') }),
  );
  expect(requests).toHaveLength(1);
  expect(said).toContain('a-prs.csv is empty. Left out: a-prs.csv.');
  expect(code).toBe(1);
});
