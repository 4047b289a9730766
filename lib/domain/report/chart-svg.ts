import type { Chart, Shape, Tone } from './chart';

export type Palette = Readonly<Record<Tone, string>>;

/** For paper and mails: dark on white, each at least 4.5 : 1 where it is read. */
export const PAPER: Palette = {
  run: '#08785a',
  walk: '#215fd0',
  crawl: '#5f6268',
  ink: '#17181b',
  muted: '#5c5f66',
  line: '#e2e2de',
  ground: '#ffffff',
};

/** Signs that XML forbids are gone, and what people named cannot become a mark. */
function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .replaceAll(/[&<>"']/g, (sign) => names[sign] ?? sign);
}

/** A chart as the text of an SVG, with its colours in it. */
export function svgOf({ width, height, shapes, alt, title }: Chart, palette: Palette): string {
  const said = `<title>${escaped(title)}</title><desc>${escaped(alt)}</desc>`;
  const drawn = shapes.map((shape) => drawnAs(shape, palette)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Geist" role="img">${said}${drawn}</svg>`;
}

/** Programs that draw from SVG find a font for a sign only where it takes as many glyphs as in the font before: so none are joined. */
const JOINED = /(\p{Extended_Pictographic})(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})+/gu;
const REGIONAL_A = 0x1f1e6;

function unjoined(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(JOINED, '$1')
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\u20E3/gu, '')
    .replaceAll(/\p{Regional_Indicator}/gu, (sign) =>
      String.fromCodePoint((sign.codePointAt(0) ?? REGIONAL_A) - REGIONAL_A + 65),
    );
}

const n = (value: number): string => String(Math.round(value * 100) / 100);

function drawnAs(shape: Shape, palette: Palette): string {
  const color = palette[shape.tone];
  switch (shape.kind) {
    case 'line':
      return `<line x1="${n(shape.x1)}" y1="${n(shape.y1)}" x2="${n(shape.x2)}" y2="${n(shape.y2)}" stroke="${color}" stroke-width="${n(shape.width)}"/>`;
    case 'rect':
      return `<rect x="${n(shape.x)}" y="${n(shape.y)}" width="${n(shape.width)}" height="${n(shape.height)}" rx="${n(shape.radius)}" fill="${color}"/>`;
    case 'dot': {
      const rim = shape.rim ? ` stroke="${palette[shape.rim]}" stroke-width="1.5"` : '';
      return `<circle cx="${n(shape.x)}" cy="${n(shape.y)}" r="${n(shape.radius)}" fill="${color}"${rim}/>`;
    }
    case 'text':
      return `<text x="${n(shape.x)}" y="${n(shape.y)}" font-size="${n(shape.size)}" text-anchor="${shape.anchor}" font-weight="${shape.isStrong ? 600 : 400}" fill="${color}">${escaped(unjoined(shape.text))}</text>`;
    default:
      return shape satisfies never;
  }
}
