import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GEARS } from '../gear';
import { type Chart, chartOf, type Shape } from './chart';
import { PAPER, svgOf } from './chart-svg';
import { cutTo, widthOf } from './chart-text';
import type { ReportContent, ReportLane } from './content';
import { aReport, aReportLane, aReportTeam } from './testing';

const NASTY = [
  '<script>alert("1")</script> & co',
  '=1+1 | **b** #strong[x] $y$',
  'الفريق الأول للمدفوعات',
  '\u202egnp עגלה\u202c',
  '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(20),
  '支付团队'.repeat(30),
  'W'.repeat(300),
  '\u0000\ud800 \uffff\n\n',
];
const SIZES = ['wide', 'narrow'] as const;
const name = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 80 }));
const named = fc.record({ slug: fc.uuid(), name });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const score = fc
  .tuple(share, share, share)
  .map((three) => three.toSorted((a, b) => a - b) as [number, number, number])
  .map(([low, value, high]) => ({ low, value, high }));
const gear = fc.constantFrom(...GEARS);
const lane = fc
  .record({ category: named, gear, proven: fc.option(share), score: fc.option(score) })
  .map((changes): ReportLane => aReportLane(changes));
const count = fc.nat(40);
const team = fc
  .record({ team: named, gears: fc.record({ run: count, walk: count, crawl: count }), decided: fc.nat(100) })
  .map(({ decided, ...rest }) => aReportTeam({ ...rest, week: { decided, reviewed: 0, merged: 0 } }));
const ofTeam = fc.array(lane, { minLength: 1, maxLength: 45 }).map((lanes) => aReport({ lanes }));
const ofOrganisation = fc
  .array(team, { minLength: 1, maxLength: 45 })
  .map((teams) => aReport({ team: null, lanes: [aReportLane()], teams }));
const report = fc.oneof(ofTeam, ofOrganisation);
const size = fc.constantFrom(...SIZES);

function drawn(content: ReportContent, form: (typeof SIZES)[number]): Chart {
  const chart = chartOf(content, { size: form });
  if (!chart) throw new Error('Nothing was drawn.');
  return chart;
}

/** The corners of a shape; of a text, by the width that is reckoned for it. */
function boxOf(shape: Shape): [left: number, top: number, right: number, bottom: number] {
  switch (shape.kind) {
    case 'line':
      return [shape.x1, shape.y1, shape.x2, shape.y2];
    case 'rect':
      return [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
    case 'dot':
      return [shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius];
    case 'text': {
      const width = widthOf(shape.text, shape.size);
      const left = shape.x - { start: 0, middle: width / 2, end: width }[shape.anchor];
      return [left, shape.y - shape.size, left + width, shape.y + 3];
    }
    default:
      return shape satisfies never;
  }
}

const textsOf = ({ shapes }: Chart) => shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));

it('nothing lies outside the canvas', () => {
  fc.assert(
    fc.property(report, size, (content, form) => {
      const { width, height, shapes } = drawn(content, form);
      for (const [left, top, right, bottom] of shapes.map(boxOf)) {
        expect(left).toBeGreaterThanOrEqual(-0.001);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(width + 0.001);
        expect(bottom).toBeLessThanOrEqual(height);
      }
    }),
  );
});

it('every lane and every team is drawn, or counted as left out, in the picture as in words', () => {
  fc.assert(
    fc.property(report, size, (content, form) => {
      const chart = drawn(content, form);
      const rows = content.team === null ? content.teams : content.lanes;
      const gears = textsOf(chart).filter((text) => (GEARS as readonly string[]).includes(text)).length;
      const shown = rows.length - chart.leftOut;
      expect(shown).toBe(Math.min(30, rows.length));
      // Of the organisation, each row has three counts below three heads.
      const numbers = textsOf(chart).filter((text) => /^\d+$/.test(text)).length;
      if (content.team === null) expect(numbers).toBeGreaterThanOrEqual(3 * shown);
      else expect(gears).toBeGreaterThanOrEqual(shown);
      expect(chart.alt.includes('Drawn are')).toBe(chart.leftOut > 0);
    }),
  );
});

it('a score lies within its interval, and the higher of two further to the right', () => {
  fc.assert(
    fc.property(ofTeam, size, (content, form) => {
      const chart = drawn(content, form);
      const dots = chart.shapes.filter((shape) => shape.kind === 'dot' && shape.tone !== 'muted');
      const bars = chart.shapes.filter(
        (shape) => shape.kind === 'rect' && GEARS.some((one) => one === shape.tone),
      );
      const scores = content.lanes.slice(0, 30).flatMap((one) => (one.score ? [one.score.value] : []));
      expect([dots.length, bars.length]).toEqual([scores.length, scores.length]);
      const placed = dots.map((dot, index) => {
        const bar = bars[index];
        if (dot.kind !== 'dot' || bar?.kind !== 'rect') throw new Error('A dot and a bar.');
        expect(dot.x).toBeGreaterThanOrEqual(bar.x - 0.001);
        expect(dot.x).toBeLessThanOrEqual(bar.x + bar.width + 0.001);
        return { x: dot.x, value: scores[index] ?? 0 };
      });
      for (const [index, { value }] of placed.toSorted((a, b) => a.x - b.x).entries())
        expect(value).toBeGreaterThanOrEqual(
          (placed.toSorted((a, b) => a.x - b.x)[index - 1]?.value ?? 0) - 1e-9,
        );
    }),
  );
});

it('bars of teams are as long as they have lanes, on one scale', () => {
  fc.assert(
    fc.property(ofOrganisation, size, (content, form) => {
      const { shapes } = drawn(content, form);
      const bars = shapes.filter((shape) => shape.kind === 'rect' && shape.height === 12);
      const parts =
        content.teams.length > 30
          ? null
          : content.teams.flatMap(({ gears }) => [gears.run, gears.walk, gears.crawl].filter((n) => n > 0));
      if (parts) expect(bars).toHaveLength(parts.length);
      for (const bar of bars) expect(bar.kind === 'rect' && bar.width).toBeGreaterThan(0);
    }),
  );
});

describe('a name', () => {
  it.each(NASTY)(
    '%j stays a name: it neither breaks out, nor runs over, nor turns anything round',
    (nasty) => {
      for (const content of [
        aReport({ lanes: [aReportLane({ category: { slug: 'x', name: nasty } })] }),
        aReport({
          team: null,
          lanes: [aReportLane()],
          teams: [aReportTeam({ team: { slug: 'x', name: nasty } })],
        }),
      ]) {
        const chart = drawn(content, 'wide');
        const svg = svgOf(chart, PAPER);
        expect(svg).not.toMatch(/<script|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cc}/u);
        expect(svg.isWellFormed()).toBe(true);
        expect(svg.match(/<(?!\/?(svg|title|desc|line|rect|circle|text)\b)/)).toBeNull();
        const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } });
        expect([width, height], 'a parser reads it').toEqual([chart.width, Math.ceil(chart.height)]);
      }
    },
  );

  it('is cut between signs as people see them', () => {
    expect(cutTo('Data platform', 200, 12)).toBe('Data platform');
    expect(cutTo('👩‍👩‍👧‍👦'.repeat(20), 80, 12)).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
    expect(widthOf(cutTo('W'.repeat(99), 80, 12), 12)).toBeLessThanOrEqual(80);
  });
});

it('says in words what it draws', () => {
  const none = aReportLane({
    category: { slug: 'docs', name: 'Docs' },
    gear: 'crawl',
    proven: null,
    score: null,
  });
  const chart = drawn(aReport({ lanes: [aReportLane(), none] }), 'wide');
  expect(chart.alt).toBe(
    '2 lanes at the end of 2026-W47, on a scale from .5 to 1. Tests: gear walk; score .90, 90 % interval .80 to .97; proven at least .80. Docs: gear crawl; no score of its own yet; nothing proven. Gears rest on the proven level. Score and interval are an estimate of now, partly borrowed from lanes like it: the two answer different questions, and may lie apart.',
  );
  expect(textsOf(chart)).toContain('no score of its own yet');
  const teams = [aReportTeam(), aReportTeam({ gears: { run: 0, walk: 0, crawl: 0 } })];
  expect(drawn(aReport({ team: null, lanes: [aReportLane()], teams }), 'wide').alt).toBe(
    'Lanes of 2 teams by gear at the end of 2026-W47. Payments: 1 of 6 lanes runs, 2 walk, 3 crawl. Payments: no lanes yet.',
  );
});

it('draws the teams that decided most where there are too many, in the order of the report', () => {
  const teams = Array.from({ length: 40 }, (_, index) =>
    aReportTeam({
      team: { slug: `t${index}`, name: `Team ${index}` },
      week: { decided: index, reviewed: 0, merged: 0 },
    }),
  );
  const chart = drawn(aReport({ team: null, lanes: [aReportLane()], teams }), 'wide');
  expect(textsOf(chart).filter((text) => text.startsWith('Team '))).toEqual(
    Array.from({ length: 30 }, (_, index) => `Team ${index + 10}`),
  );
  expect(chart.leftOut).toBe(10);
  expect(chart.note).toBe(
    'Drawn are 30 of 40 teams, those that decided most in this week; their table has more.',
  );
  expect(chart.alt).toContain(chart.note);
});

it('nothing to draw is no chart', () => {
  expect(chartOf(aReport({ lanes: [] }), { size: 'wide' })).toBeNull();
});

/** WCAG 2.2: relative luminance of "#rrggbb". */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

it('text and marks stand out from the ground: 4.5 : 1 at least', () => {
  for (const tone of [...GEARS, 'ink', 'muted'] as const)
    expect(1.05 / (luminance(PAPER[tone]) + 0.05), tone).toBeGreaterThanOrEqual(4.5);
});
