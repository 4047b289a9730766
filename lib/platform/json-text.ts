/** Looks at JSON before it is parsed: parsing a text of brackets or of tiny values takes a hundred times as long as a look at it. */

/** A value in a text: where it stands, and what matters to whoever parses it. */
export type Piece = {
  start: number;
  end: number;
  /** How deep it nests, 1 for `[1]`. */
  depth: number;
  /** Its commas and opening brackets that lie no deeper than asked for, and so its values there, where arrays and objects count twice at most. */
  values: number;
  /** Where what lies deeper begins and ends, and begins and ends again. */
  deep: number[];
};

type Bounds = {
  /** What lies deeper is neither counted nor, by `cutOut`, handed on. */
  depth: number;
  /** Beyond so many values, no more of it is said where deeper ones lie. */
  values: number;
};

const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT] = Buffer.from('"\\,[]{');
const [BLANK, TAB, LINE_FEED, RETURN] = Buffer.from(' \t\n\r');

const IS_TOLD = new Uint8Array(128);
for (const code of Buffer.from('",[]{}')) IS_TOLD[code] = 1;

/** One value, from one place of the text to another. */
export function pieceOf(text: string, bounds: Bounds, start = 0, end = text.length): Piece {
  const piece = { start, end, depth: 0, values: 0, deep: [] };
  scan(text, 0, piece, bounds, () => piece);
  return piece;
}

/** Whether an array stands in the text, or would, were it JSON. */
export function holdsArray(text: string): boolean {
  return text.charCodeAt(pastBlanks(text, 0)) === OPEN_ARRAY;
}

/**
 * The items of an array, so that each can be parsed by itself: the text is JSON exactly if each of them is.
 * @param most beyond so many they are counted, and not kept
 * @returns null when its brackets do not match
 */
export function itemsOf(
  text: string,
  most: number,
  bounds: Bounds,
): { items: Piece[]; count: number } | null {
  const items: Piece[] = [];
  const open = pastBlanks(text, 0);
  let count = 0;
  const piece = (start: number): Piece => ({ start, end: text.length, depth: 0, values: 0, deep: [] });
  let last = piece(open + 1);
  const isClosed = scan(text, 1, last, bounds, (comma) => {
    last.end = comma;
    if (count < most) items.push(last);
    count += 1;
    // Beyond the most, one serves for all of them: there may be millions.
    if (count <= most) last = piece(comma + 1);
    else last.start = comma + 1;
    return last;
  });
  if (!isClosed || text.charCodeAt(last.end) !== CLOSE_ARRAY) return null;
  if (pastBlanks(text, last.end + 1) !== text.length) return null;
  if (count === 0 && pastBlanks(text, open + 1) === last.end) return { items, count };
  if (count < most) items.push(last);
  return { items, count: count + 1 };
}

/** A piece as text, with null in place of what lies too deep in it. */
export function cutOut(text: string, { start, end, deep }: Piece): string {
  let from = start;
  let kept = '';
  for (let place = 0; place < deep.length; place += 2) {
    kept += `${text.slice(from, deep[place])}null`;
    from = deep[place + 1] ?? end;
  }
  return kept + text.slice(from, end);
}

/**
 * Measures what follows into `piece`, from its start to its end.
 * @param outside how many brackets are open around it: with one, a comma ends it, and `next` says where what follows is measured
 * @returns whether a bracket was closed that is open around it, which ends it, too
 */
function scan(
  text: string,
  outside: number,
  first: Piece,
  bounds: Bounds,
  next: (comma: number) => Piece,
): boolean {
  const to = first.end;
  let piece = first;
  let depth = 0;
  for (let place = first.start; place < to; place += 1) {
    const code = text.charCodeAt(place);
    if (code > 127 || IS_TOLD[code] === 0) continue;
    if (code === QUOTE) {
      place = endOfText(text, place + 1, to);
    } else if (code === COMMA) {
      if (depth === 0 && outside > 0) piece = next(place);
      else if (depth <= bounds.depth) piece.values += 1;
    } else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > piece.depth) piece.depth = depth;
      if (depth <= bounds.depth + 1) piece.values += 1;
      if (depth === bounds.depth + 1 && piece.values <= bounds.values) piece.deep.push(place);
    } else {
      depth -= 1;
      if (depth === bounds.depth && piece.deep.length % 2 === 1) piece.deep.push(place + 1);
      if (depth < 0) {
        piece.end = place;
        return outside > 0;
      }
    }
  }
  return false;
}

/** Names and words are shorter than this: to look at each of their signs is faster than to search. */
const SHORT = 40;

/** Where the quote stands that ends a text. */
function endOfText(text: string, from: number, to: number): number {
  const near = Math.min(to, from + SHORT);
  for (let place = from; place < near; place += 1) {
    const code = text.charCodeAt(place);
    if (code === QUOTE) return place;
    if (code === BACKSLASH) place += 1;
  }
  return endOfLongText(text, from, to);
}

/** It has an even number of backslashes before it. */
function endOfLongText(text: string, from: number, to: number): number {
  for (
    let place = text.indexOf('"', from);
    place !== -1 && place < to;
    place = text.indexOf('"', place + 1)
  ) {
    let before = place;
    while (before > from && text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((place - before) % 2 === 0) return place;
  }
  return to;
}

/** JSON takes less for a blank than other readers do. */
function pastBlanks(text: string, from: number): number {
  for (let place = from; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code !== BLANK && code !== LINE_FEED && code !== RETURN && code !== TAB) return place;
  }
  return text.length;
}
