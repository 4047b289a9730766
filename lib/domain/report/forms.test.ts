import { expect, it } from 'vitest';
import { csvOf } from './csv';
import { documentOf } from './document';
import { htmlMailOf } from './html-mail';
import { markdownOf } from './markdown';
import { plainTextOf } from './plain-text';
import { aReport, aReportLane } from './testing';

/** Names as people and agents may give them: HTML, Markdown, a formula, and writing from right to left. */
const NASTY = { slug: 'x', name: '=1+1 | <b>*Pay*</b> "עגלה" \u202egnp' };
const content = aReport({
  organisation: NASTY,
  team: NASTY,
  lanes: [aReportLane({ team: NASTY })],
  agents: { firstSeen: [], shadow: [{ key: 'x', name: '<script>alert(1)</script>' }], paused: [] },
  answer: `${NASTY.name}: 0 of 1 lane run.`,
});
const frame = {
  gears: content.gears,
  chart: null,
  addressOf: () => 'https://x/',
  url: 'https://x/',
  button: 'Read it',
  unsubscribeUrl: 'https://x/',
  why: NASTY.name,
};

it('a name breaks out of no form', () => {
  const html = htmlMailOf(documentOf(content), frame);
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain('=1+1 | &lt;b&gt;*Pay*&lt;/b&gt; &quot;עגלה&quot;');
  const markdown = markdownOf(documentOf(content));
  expect(markdown).toContain('=1+1 \\| \\<b\\>\\*Pay\\*\\</b\\>');
  expect(markdown).not.toMatch(/(?<!\\)<script/);
  expect(csvOf(content)).toContain(`"'=1+1 | <b>*Pay*</b> ""עגלה"" \u202egnp"`);
});

it('every form says the same: what is proven, with its interval and what it was', () => {
  const document = documentOf(content);
  for (const form of [htmlMailOf(document, frame), plainTextOf(document), markdownOf(document)]) {
    const flat = form.replaceAll(/\\|\s+/g, (found) => (found === '\\' ? '' : ' '));
    for (const said of [
      'walk (was crawl)',
      '≥ .80 (was nothing)',
      '.90 (.80 to .97)',
      'about 3 weeks, at the rate of',
      '2 of 3 (67 %)',
    ])
      expect(flat).toContain(said);
  }
  expect(csvOf(content).split('\r\n')[1]).toContain(',Tests,walk,crawl,0.8,,0.9,0.9,0.8,0.97,3,2,3,25,2,3,');
});

it('lines of the plain text are short', () => {
  for (const line of plainTextOf(documentOf(content)).split('\n'))
    expect(line.length).toBeLessThanOrEqual(78);
});

it('the mail has the chart with its words, each number beside its name, and colours that are read', () => {
  const chart = {
    title: 'Chart',
    alt: 'Said "so" & <so>.',
    note: null,
    width: 360,
    height: 90,
    src: 'cid:x',
    shownWidth: 440,
  };
  const html = htmlMailOf(documentOf(content), { ...frame, chart });
  expect(html).toContain(
    '<img src="cid:x" alt="Said &quot;so&quot; &amp; &lt;so&gt;." width="440" height="110"',
  );
  expect(html).toMatch(/class="n"[^>]*display:none[^>]*>Proven: <\/span><bdi>≥ .80/);
  expect(html.match(/<img/g)).toHaveLength(1);
  expect(html).not.toContain('#8c8f97');
});
