const MOST_CHARACTERS = 60;
/** Of a long name as many stay, and the rest is told apart by a hash of the whole: 13 digits to the base 36 hold 64 bits. */
const KEPT_CHARACTERS = MOST_CHARACTERS - 14;

/**
 * A name as it stands in addresses: lower case, letters, accents and digits of any script, joined by single hyphens; at most 60
 * characters. Names that differ only in case or punctuation share a slug; of a name without letters and digits, such as 🚀, the numbers
 * of its characters stand there.
 */
export function slugOf(name: string): string {
  const words = joined(lowerCased(name), /[^\p{L}\p{M}\p{N}]+/gu);
  const whole = /[\p{L}\p{N}]/u.test(words) ? words : spelled(name);
  // By characters: half of a surrogate pair could not be stored.
  const characters = [...whole];
  if (characters.length <= MOST_CHARACTERS) return whole || 'unnamed';
  const kept = characters.slice(0, KEPT_CHARACTERS).join('').replace(/-+$/, '');
  return `${kept}-${hashOf(whole)}`;
}

/**
 * The slug of a team by its name, in an organisation that has these teams. A team keeps the slug that it got when long names were cut
 * without a hash, and when accents that are characters of their own, such as the vowels of हिन्दी, were left out.
 */
export function slugsOfTeams(teams: readonly { slug: string; name: string }[]): (name: string) => string {
  const kept = new Map(
    teams.flatMap(({ slug, name }) => {
      const today = slugOf(name);
      return today !== slug && formerSlugOf(name) === slug ? [[today, slug] as const] : [];
    }),
  );
  return (name) => {
    const slug = slugOf(name);
    return kept.get(slug) ?? slug;
  };
}

/** What `slugOf` said before it told long names, and names that differ in accents, apart. */
function formerSlugOf(name: string): string {
  const whole = joined(name.normalize('NFKC').toLowerCase(), /[^\p{L}\p{N}]+/gu) || spelled(name);
  return [...whole].slice(0, MOST_CHARACTERS).join('').replace(/-+$/, '') || 'unnamed';
}

/** Twice normalised: the small İ is an i and an accent. */
function lowerCased(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}

function joined(name: string, gaps: RegExp): string {
  return name.replace(gaps, '-').replace(/^-+|-+$/g, '');
}

function spelled(name: string): string {
  return [...name.trim()].map((sign) => `u${sign.codePointAt(0)?.toString(16)}`).join('-');
}

/** FNV-1a of 64 bits over UTF-16 code units, to the base 36. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let place = 0; place < text.length; place += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(place))) * 0x100000001b3n);
  }
  return hash.toString(36).padStart(13, '0');
}
