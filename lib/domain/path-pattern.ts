/**
 * Path patterns as in ignore files: `**` stands for any folders, `*` for any characters but `/`, `?` for one.
 * Without regard to case. Matched without regular expressions, so no pattern can make the match run away.
 */

/** A path or a pattern, cut into its names. */
export type Names = readonly string[];

/** Cuts a path or a pattern. Worth keeping for a pattern that is tried often. */
export function namesIn(path: string): Names {
  return path
    .toLowerCase()
    .split(/[/\\]/)
    .filter((name) => name !== '' && name !== '.');
}

/**
 * Whether items fit a pattern in which a star stands for any number of them. Each star first takes nothing and then one
 * item more at a time; only the last star ever has to be tried again.
 */
function fits(
  items: ArrayLike<string>,
  pattern: ArrayLike<string>,
  star: string,
  fitsOne: (item: string, part: string) => boolean,
): boolean {
  let i = 0;
  let p = 0;
  let lastStar = -1;
  let takenTo = 0;
  while (i < items.length) {
    const part = pattern[p];
    const item = items[i] ?? '';
    if (part === star) {
      lastStar = p;
      takenTo = i;
      p += 1;
    } else if (part !== undefined && fitsOne(item, part)) {
      i += 1;
      p += 1;
    } else if (lastStar >= 0) {
      takenTo += 1;
      i = takenTo;
      p = lastStar + 1;
    } else {
      return false;
    }
  }
  while (pattern[p] === star) p += 1;
  return p === pattern.length;
}

const fitsCharacter = (character: string, part: string) => part === '?' || part === character;

const fitsName = (name: string, part: string) =>
  name === part || (/[*?]/.test(part) && fits(name, part, '*', fitsCharacter));

/** Whether a path, cut into names, fits one of the patterns. */
export function fitsAny(names: Names, patterns: readonly Names[]): boolean {
  return patterns.some((pattern) => fits(names, pattern, '**', fitsName));
}

/** Whether a path fits a pattern, such as `src/auth/login.ts` and `src/auth/*`. Both count from the repository's root. */
export function fitsPattern(path: string, pattern: string): boolean {
  return fitsAny(namesIn(path), [namesIn(pattern)]);
}

/** The first path that fits one of the patterns, or undefined. */
export function findFitting(paths: readonly string[], patterns: readonly string[]): string | undefined {
  const cut = patterns.map(namesIn);
  return paths.find((path) => fitsAny(namesIn(path), cut));
}
