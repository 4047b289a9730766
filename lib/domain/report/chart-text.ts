import { oneLine } from '../bidi';
import type { Shape, Tone } from './chart';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const NARROW = /^[\s.,:;'|!()[\]iljtfrI]$/;
const LATIN = /^[\p{Script=Latin}\p{Nd}\p{P}\p{S}]/u;
const MIDDLING = /^[\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}]/u;
const CAPITAL = /^[\p{Lu}mw@%&]/u;
const PICTURE = /\p{Extended_Pictographic}/u;

/** How wide one sign is, in its size, in no font narrower than ours: rather too much than too little. */
function signWidth(sign: string): number {
  if (NARROW.test(sign)) return 0.4;
  if (MIDDLING.test(sign)) return CAPITAL.test(sign) ? 1 : 0.75;
  if (PICTURE.test(sign) || !LATIN.test(sign)) return 1.3;
  return CAPITAL.test(sign) ? 0.9 : 0.65;
}

/** At most so wide a text stands, in units of the canvas. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += signWidth(segment);
  return width * size;
}

/** A name cut to a width, between signs as people see them; an ellipsis says so. */
export function cutTo(name: string, width: number, size: number): string {
  const line = oneLine(name);
  if (widthOf(line, size) <= width) return line;
  const room = width - widthOf('…', size);
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(line)) {
    used += signWidth(segment) * size;
    if (used > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

export const SIZE = 12;
export const SMALL = 11;

type Said = { size?: number; anchor?: 'start' | 'middle' | 'end'; isStrong?: boolean; tone?: Tone };

export function textAt(x: number, y: number, text: string, said: Said = {}): Shape {
  const { size = SIZE, anchor = 'start', isStrong = false, tone = 'ink' } = said;
  return { kind: 'text', x, y, size, anchor, isStrong, tone, text };
}
