import type { Random } from './random';

/**
 * What becomes of a task, a letter each, so that a story can be written down like a tune:
 * `c` approved as it was · `h` approved within the minute, so hardly read · `e` approved, then edited · `s` sent back
 * first · `x` rejected · `r` approved, and reverted days later · `u` merged without a review · `w` withdrawn · `o` open.
 */
export type Fate = 'c' | 'h' | 'e' | 's' | 'x' | 'r' | 'u' | 'w' | 'o';

const FATES: ReadonlySet<string> = new Set('chesxruwo');

function isFate(letter: string): letter is Fate {
  return FATES.has(letter);
}

/** Reads a tune. Blanks are there for the reader. */
export function readFates(tune: string): Fate[] {
  return [...tune]
    .filter((letter) => letter !== ' ')
    .map((letter) => {
      if (isFate(letter)) return letter;
      throw new Error(`"${letter}" is no fate of a task.`);
    });
}

/** Shares of the fates, in [0,1]; what is left is approved as it was. */
export type Quality = Partial<Record<Exclude<Fate, 'c' | 'o'>, number>>;

/** Mean score .98: good enough to run. */
export const EXCELLENT: Quality = { e: 0.03, s: 0.01, u: 0.06, w: 0.03 };
/** Mean score .95: how a lane earns walk. */
export const CAREFUL: Quality = { e: 0.07, s: 0.03, u: 0.07, h: 0.02, w: 0.03 };
/** Mean score .88: good enough to walk, and not to run. */
export const SOUND: Quality = { e: 0.1, s: 0.07, x: 0.015, r: 0.012, u: 0.09, h: 0.03, w: 0.04 };
/** Mean score .74: useful, and in need of every review it gets. */
export const MIXED: Quality = { e: 0.15, s: 0.17, x: 0.06, r: 0.02, u: 0.12, h: 0.02, w: 0.06 };
/** Mean score .58: an agent without the context for this work. */
export const POOR: Quality = { e: 0.16, s: 0.28, x: 0.14, r: 0.03, u: 0.12, w: 0.08 };

/**
 * Deals so many fates in these shares: like drawing from a well-shuffled deck instead of rolling dice, so that the
 * luck of a seed decides when something goes wrong, but hardly how often.
 */
export function dealFates(quality: Quality, count: number, random: Random): Fate[] {
  const deck = Object.entries(quality).flatMap(([letter, share]) => {
    const exact = share * count;
    const copies = Math.floor(exact) + Number(random.chance(exact - Math.floor(exact)));
    return readFates(letter.repeat(copies));
  });
  const clean = Math.max(0, count - deck.length);
  return random.shuffled([...deck, ...readFates('c'.repeat(clean))]);
}
