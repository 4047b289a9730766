/**
 * Chance that can be repeated: the same seed yields the same numbers on every machine. The generator is sfc32
 * (Small Fast Counter, of the PractRand suite), seeded by hashing a text, so that every lane and every task of
 * the sample has a stream of its own, and a change to one story leaves all the others as they were.
 */
export type Random = {
  /** In [0,1). */
  next(): number;
  /** Evenly in [low, high). */
  between(low: number, high: number): number;
  /** A whole number, both ends included. */
  int(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  shuffled<T>(items: readonly T[]): T[];
  hex(length: number): string;
};

/** 32 bits of a text: FNV-1a with a final mix, once per state word. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function sfc32(seed: string): () => number {
  let a = hash(seed, 1);
  let b = hash(seed, 2);
  let c = hash(seed, 3);
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return next;
}

export function createRandom(seed: string): Random {
  const next = sfc32(seed);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: (share) => next() < share,
    pick: (items) => {
      const index = int(0, items.length - 1);
      for (const item of items.slice(index, index + 1)) return item;
      throw new Error('There is nothing to pick from.');
    },
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((x, y) => x.place - y.place)
        .map(({ item }) => item),
    hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(''),
  };
}
