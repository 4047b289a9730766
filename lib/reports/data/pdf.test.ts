import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { chartOf } from '@/lib/domain/report/chart';
import type { ReportContent } from '@/lib/domain/report/content';
import { documentOf } from '@/lib/domain/report/document';
import { aReport, aReportLane, aReportTeam } from '@/lib/domain/report/testing';
import { adoptEnv } from '@/lib/platform/env';
import { hashOf } from '../mutations/freeze';
import { mailChartOf, mailPictureOf, pdfOf } from './pdf';

beforeAll(() => adoptEnv({ GAIT_URL: 'https://gait.acme.example' }));

const open = async (content: ReportContent) => getDocumentProxy(new Uint8Array(await pdfOf(content)));
type Pdf = Awaited<ReturnType<typeof open>>;

/** Without blanks: where a line was broken, and between signs that stand apart, readers put their own. */
const dense = (text: string) => text.replaceAll(/\s+/g, '');

async function pagesOf(pdf: Pdf): Promise<string[]> {
  return (await extractText(pdf, { mergePages: false })).text;
}

type Node = { role?: string; alt?: string; children?: Node[] };

async function tagsOf(pdf: Pdf): Promise<Node[]> {
  const flat = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(flat)];
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => (await pdf.getPage(index + 1)).getStructTree()),
  );
  return pages.flatMap((tree) => (tree ? flat(tree as Node) : []));
}

const manyTeams = (count: number): ReportContent =>
  aReport({
    team: null,
    teams: Array.from({ length: count }, (_, index) =>
      aReportTeam({
        team: { slug: `team-${index}`, name: `Team ${index}` },
        week: { decided: index, reviewed: 0, merged: 0 },
      }),
    ),
  });

describe('a report on paper', () => {
  const content = aReport({
    waiting: [
      {
        team: { slug: 'payments', name: 'Payments' },
        category: { slug: 'docs', name: 'Docs' },
        id: 'f75ef73c-60b8-52e7-a77c-0fc63d473c52',
        from: 'walk',
        to: 'run',
        openedAt: '2026-11-17T00:00:00.000Z',
        days: 5,
        approvals: [],
      },
    ],
    actions: [{ text: 'Decide whether Docs goes from walk to run.', place: null }],
  });

  it('says all that the report says, and its hash', async () => {
    const said = dense((await pagesOf(await open(content))).join(' '));
    const { title, lead, answer, sections, fine } = documentOf(content);
    const cells = sections.flatMap(({ list, table }) => [...list, ...(table?.rows.flat() ?? [])]);
    const texts = [
      title,
      lead,
      answer,
      ...sections.flatMap((section) => [section.title, ...section.sentences, ...(section.table?.head ?? [])]),
      ...cells.map(({ text }) => text),
      ...fine,
      hashOf(content),
    ];
    for (const text of texts) expect(said).toContain(dense(text));
    for (const drawn of ['Score and proven level', '90 % interval']) expect(said).toContain(dense(drawn));
  });

  it('is tagged for who does not see it: language, title, headings, a table with heads, and the chart in words', async () => {
    const pdf = await open(content);
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Payments, 2026-W47', Author: 'Gait', Language: 'en-GB' });
    expect(metadata?.get('pdfuaid:part')).toBe('1');
    const tags = await tagsOf(pdf);
    const count = (role: string) => tags.filter((tag) => tag.role === role).length;
    const sections = documentOf(content).sections;
    expect(count('H1')).toBe(1);
    expect(count('H2')).toBe(sections.length + 1);
    expect(count('Table')).toBe(sections.filter(({ table }) => table).length);
    expect(count('TH')).toBe(sections.flatMap(({ table }) => table?.head ?? []).length);
    expect(tags.find(({ role }) => role === 'Figure')?.alt).toBe(chartOf(content, { size: 'wide' })?.alt);
    const outline = await pdf.getOutline();
    expect(outline?.map((entry) => entry.title)).toEqual(['Payments, 2026-W47']);
    expect(outline?.[0]?.items.map((entry: { title: string }) => entry.title)).toEqual([
      'Score and proven level',
      ...sections.map(({ title }) => title),
    ]);
  });

  it('leads to the product, by whole addresses', async () => {
    const pdf = await open(content);
    const notes = await (await pdf.getPage(1)).getAnnotations();
    const urls = notes.flatMap(({ url }: { url?: string }) => url ?? []);
    expect(urls).toContain('https://gait.acme.example/acme/reports/2026-W47?team=payments');
    expect(urls).toContain('https://gait.acme.example/acme/lanes/payments/tests');
    expect(urls).toContain('https://gait.acme.example/acme/decisions/f75ef73c-60b8-52e7-a77c-0fc63d473c52');
  });

  it('is the same bytes each time, and a report that goes to many is rendered once', async () => {
    const [first, again] = await Promise.all([pdfOf(content), pdfOf(structuredClone(content))]);
    expect(again).toBe(first);
    const other = aReport({ ...content, policyVersion: 2 });
    expect((await pdfOf(other)).equals(first)).toBe(false);
  });

  it('counts its pages, and repeats the heads of its tables', async () => {
    const pdf = await open(manyTeams(200));
    const pages = await pagesOf(pdf);
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, page] of pages.entries()) {
      expect(dense(page)).toContain(`${index + 1}of${pages.length}`);
      if (index > 0) expect(page).toContain('Acme, 2026-W47');
    }
    expect(pages.filter((page) => page.includes('What comes first')).length).toBeGreaterThan(2);
    const all = dense(pages.join(' '));
    for (let index = 0; index < 200; index += 1) expect(all).toContain(`Team${index}`);
    expect(all).toContain(dense('Drawn are 30 of 200 teams, those that decided most in this week'));
  });

  it('without a lane there is no chart, and the report all the same', async () => {
    const pdf = await open(aReport({ lanes: [] }));
    expect((await tagsOf(pdf)).filter(({ role }) => role === 'Figure')).toEqual([]);
    expect((await pagesOf(pdf)).join(' ')).toContain('No lane has evidence yet.');
  });
});

describe('names that people gave', () => {
  /** What is to be read of a name is the name, without what turns text around and what cannot be shown. */
  const names: readonly (readonly [string, string])[] = [
    [
      '#set page(fill: red) #panic("x") $x^2$ `raw` @ref <label> // no \\ *b* _e_',
      '#set page(fill: red) #panic("x") $x^2$ `raw` @ref <label> // no \\ *b* _e_',
    ],
    ['<script>alert(1)</script> &amp; "quotes"', '<script>alert(1)</script> &amp; "quotes"'],
    ['\u202egnp\u202c ab', 'gnp ab'],
    ['Déploiement Żółw Команда', 'Déploiement Żółw Команда'],
    ['a\u0000b\ufeffc\ud800', 'abc\ufffd'],
    ['W'.repeat(120), 'W'.repeat(120)],
    ['- one\n- two\n= three', '- one - two = three'],
  ];

  it.each(names)('%j is read as it is', async (name, expected) => {
    const content = aReport({
      organisation: { slug: 'x', name },
      lanes: [aReportLane({ category: { slug: 'x', name }, blocker: name })],
      agents: { firstSeen: [], shadow: [{ key: 'x', name }], paused: [] },
    });
    const pdf = await open(content);
    // The organisation, a cell that leads somewhere, one that does not, a list and a sentence.
    const said = dense((await pagesOf(pdf)).join(' '));
    expect(said.split(dense(expected)).length - 1).toBeGreaterThanOrEqual(5);
    expect((await pdf.getMetadata()).metadata?.get('pdfuaid:part')).toBe('1');
  });

  it('from right to left, and pictures, are there', async () => {
    const content = aReport({
      lanes: ['فريق المدفوعات', 'צוות התשלומים', 'Rocket 🚀 team'].map((name, index) =>
        aReportLane({ category: { slug: `c${index}`, name } }),
      ),
    });
    const pdf = await open(content);
    const said = (await pagesOf(pdf)).join(' ').normalize('NFKC');
    for (const word of ['المدفوعات', 'התשלומים', '🚀']) expect(said).toContain(word);
    expect((await pdf.getMetadata()).metadata?.get('pdfuaid:part')).toBe('1');
  });

  it('in writing that no font here has: the report comes, and does not claim what does not hold', async () => {
    // Linear A: in no font that comes with a system.
    const pdf = await open(aReport({ lanes: [aReportLane({ category: { slug: 'x', name: '\u{10600}' } })] }));
    expect((await pdf.getMetadata()).metadata?.get('pdfuaid:part')).not.toBe('1');
    expect((await pagesOf(pdf)).join(' ')).toContain('Payments, 2026-W47');
  });
});

const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined;

it.skipIf(!hasPdftotext)(
  'another reader reads the same (skipped where pdftotext is not installed)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gait-pdf-'));
    try {
      const file = join(folder, 'report.pdf');
      writeFileSync(file, await pdfOf(aReport()));
      const said = dense(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
      for (const text of [documentOf(aReport()).answer, '≥ .80 (was nothing)', hashOf(aReport())])
        expect(said).toContain(dense(text));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

it('the picture in mails is a PNG, twice as sharp as it is wide', async () => {
  const chart = mailChartOf(aReport());
  if (!chart) throw new Error('There is a chart.');
  const png = await mailPictureOf(chart);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(880);
  expect(png.readUInt32BE(20)).toBe(Math.round((880 * chart.height) / chart.width));
  expect(await mailPictureOf(chart)).toBe(png);
  expect(mailChartOf(aReport({ lanes: [] }))).toBeNull();
});
