import { slugOf } from './slug';

/** The longest slug, in characters, and how many of them are a hash where a name is longer. */
const LONGEST = 60;
const HASH_LENGTH = 12;

/**
 * A team's name as it stands in addresses: lower case, letters, digits and accents of any script, joined by single hyphens; at most 60
 * characters. Names that differ only in case, punctuation or symbols are one team's, others never: of a longer name the
 * beginning stands there, and a hash of the whole. A name without letters and digits is spelled by the numbers of its characters.
 */
export function teamSlugOf(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const whole = /[\p{L}\p{N}]/u.test(words) ? words : spelled(name);
  const signs = [...whole];
  if (signs.length <= LONGEST) return whole || 'unnamed';
  const beginning = signs.slice(0, LONGEST - HASH_LENGTH - 1).join('');
  return `${beginning.replace(/-+$/, '')}-${hashOf(whole)}`;
}

function spelled(name: string): string {
  return [...name.trim()].map((sign) => `u${sign.codePointAt(0)?.toString(16)}`).join('-');
}

/** FNV-1a of 64 bits, in base 36: short, and the same everywhere. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(36).padStart(HASH_LENGTH, '0').slice(-HASH_LENGTH);
}

/**
 * The slug of a team by its name, in an organisation that knows these teams. A team keeps the slug under which it is known: those of
 * long names were once cut without a hash, and those of names with accents lost them.
 */
export function slugsOfTeams(
  known: readonly { slug: string; name: string }[],
): (name: string) => string {
  const kept = new Map(
    known.flatMap(({ slug, name }) => {
      const now = teamSlugOf(name);
      return now !== slug && slugOf(name) === slug ? [[now, slug] as const] : [];
    }),
  );
  return (name) => {
    const slug = teamSlugOf(name);
    return kept.get(slug) ?? slug;
  };
}
