import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseColumnFlags } from './parse-flags';
import { filesOf, type ImportRequest, planImport } from './plan-import';
import { planLines } from './plan-text';
import { inFolder } from './testing/import-files';

const HEADER = 'id,number,repo,created_at,state\n';

function planFor(
  files: Readonly<Record<string, string>>,
  request: Partial<ImportRequest> = {},
  named = ['prs.csv'],
) {
  return inFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const inside = (name: string | undefined) => (name === undefined ? undefined : join(folder, name));
    const { mapping, reviews } = request;
    const isFile = mapping !== undefined && Object.hasOwn(files, mapping);
    return planImport({
      agent: 'codex',
      columns: {},
      ...request,
      files: named.map((name) => join(folder, name)),
      mapping: isFile ? inside(mapping) : mapping,
      reviews: inside(reviews),
    });
  });
}

describe('planImport', () => {
  it('names the source after the file, the mapping, or as it is told', async () => {
    const files = { 'My PRs.csv': HEADER, 'm.json': '{"name":"ours"}' };
    expect((await planFor(files, {}, ['My PRs.csv'])).source).toBe('import:my-prs');
    expect((await planFor(files, { mapping: 'm.json' }, ['My PRs.csv'])).source).toBe('import:ours');
    expect((await planFor(files, { source: 'x' }, ['My PRs.csv'])).source).toBe('import:x');
  });

  it('finds the tables of a folder, and their siblings, by the mapping', async () => {
    const mapping = JSON.stringify({
      name: 'm',
      files: { pullRequests: '-prs.csv', reviews: '-reviews.csv' },
    });
    const reviews = 'pr_id,reviewer,state,submitted_at\n';
    const files = {
      'm.json': mapping,
      'a-prs.csv': HEADER,
      'b-prs.csv': HEADER,
      'b-reviews.csv': reviews,
      'c.csv': HEADER,
    };
    const plan = await planFor(files, { mapping: 'm.json' }, ['.']);
    expect(filesOf(plan).map((file) => file.split('/').at(-1))).toEqual([
      'a-prs.csv',
      'b-prs.csv',
      'b-reviews.csv',
    ]);
    expect(planLines(plan.datasets).join('\n')).toContain('number     ← number');
  });

  it.each([
    ['a folder without a mapping', ['.'], {}, 'is a folder'],
    [
      'a folder without its files',
      ['.'],
      { mapping: 'aidev' },
      'no file whose name ends in _pull_requests.csv',
    ],
    ['a mapping that is not there', ['prs.csv'], { mapping: 'nope' }, 'Gait brings along (aidev)'],
    ['a mapping that is not JSON', ['prs.csv'], { mapping: 'prs.csv' }, 'is not JSON'],
    ['a mapping with a wrong name', ['prs.csv'], { mapping: 'bad.json' }, 'pullRequests'],
    ['no agent', ['prs.csv'], { agent: undefined }, '--agent KEY'],
    ['a ref that is one for all', ['prs.csv'], { ref: 'task' }, 'The ref task would be the same for every'],
    [
      'a ref that is one for a repository',
      ['prs.csv'],
      { ref: '{repository}' },
      'It needs {number} or {id}.',
    ],
    [
      'a ref of what there is not',
      ['prs.csv'],
      { ref: '{foo}#{number}' },
      'The ref {foo}#{number} names {foo}',
    ],
    ['such a ref of a mapping', ['prs.csv'], { mapping: 'ref.json' }, 'The ref all would be the same'],
    ['reviews of several tables', ['prs.csv', 'prs.csv'], { reviews: 'prs.csv' }, 'belong to one table'],
  ])('says what is wrong with %s', async (_, named, request, sentence) => {
    const files = {
      'prs.csv': HEADER,
      'bad.json': '{"name":"m","pullRequests":{"titel":"x"}}',
      'ref.json': '{"name":"m","ref":"all"}',
    };
    await expect(planFor(files, request, named)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(sentence),
    });
  });

  describe('of a folder with a file that cannot be read', () => {
    const mapping = JSON.stringify({
      name: 'm',
      files: { pullRequests: '-prs.csv', reviews: '-reviews.csv' },
    });
    const reviews = 'pr_id,reviewer,state,submitted_at\n';

    it('leaves out that file with the tables beside it, says why, and takes the others', async () => {
      const files = {
        'm.json': mapping,
        'a-prs.csv': '',
        'a-reviews.csv': reviews,
        'b-prs.csv': HEADER,
        'c-prs.csv': HEADER,
        'c-reviews.csv': '',
        'd-prs.csv': 'what,ever\n',
      };
      const plan = await planFor(files, { mapping: 'm.json' }, ['.']);
      expect(filesOf(plan).map((file) => basename(file))).toEqual(['b-prs.csv']);
      expect(plan.leftOut.map(({ files, reason }) => [files.map((file) => basename(file)), reason])).toEqual([
        [['a-prs.csv', 'a-reviews.csv'], expect.stringMatching(/a-prs\.csv is empty\.$/)],
        [['c-prs.csv', 'c-reviews.csv'], expect.stringMatching(/c-reviews\.csv is empty\.$/)],
        [['d-prs.csv'], expect.stringContaining('says which pull request a row is')],
      ]);
    });

    it('refuses the whole when nothing is left', async () => {
      const files = { 'm.json': mapping, 'a-prs.csv': '', 'b-prs.csv': '' };
      await expect(planFor(files, { mapping: 'm.json' }, ['.'])).rejects.toThrow('a-prs.csv is empty.');
    });

    it('refuses the whole when the file was named', async () => {
      const named = ['a-prs.csv', 'b-prs.csv'];
      await expect(planFor({ 'a-prs.csv': HEADER, 'b-prs.csv': '' }, {}, named)).rejects.toThrow(
        'b-prs.csv is empty.',
      );
    });
  });

  it('says so when a folder is given for a file', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'x.csv'));
      await expect(planImport({ files: [join(folder, 'x.csv')], columns: {} })).rejects.toThrow(
        'is a folder',
      );
    });
  });
});

describe('parseColumnFlags', () => {
  it('reads fields of all tables, however they are spelt', () => {
    const said = parseColumnFlags(
      ['title=Subject', 'created-at=Opened = at', 'Reviews.Verdict=State'],
      'Kind',
    );
    expect(said).toEqual({
      pullRequests: { title: 'Subject', createdAt: 'Opened = at', category: 'Kind' },
      reviews: { verdict: 'State' },
      timeline: {},
    });
  });

  it.each([
    ['title', 'not of the form FIELD=COLUMN'],
    ['titel=x', 'have no field titel'],
    ['issues.title=x', 'there are no issues'],
  ])('refuses %s', (flag, sentence) => {
    expect(() => parseColumnFlags([flag])).toThrow(sentence);
  });
});
