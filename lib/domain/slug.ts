const MOST_CHARACTERS = 60;
/** Of a long name as many stay, and the rest is told apart by a hash of the whole: 13 digits to the base 36 hold 64 bits. */
const KEPT_CHARACTERS = MOST_CHARACTERS - 14;

/**
 * A name as it stands in addresses: lower case, letters and digits of any script, joined by single hyphens;
 * at most 60 characters. Names that differ only in case, punctuation or combining marks share a slug; of a name without letters and
 * digits, such as 🚀, the numbers of its characters stand there.
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  // By characters: half of a surrogate pair could not be stored.
  const words =
    slug === '' ? [...name.trim()].map((sign) => `u${sign.codePointAt(0)?.toString(16)}`).join('-') : slug;
  const characters = [...words];
  if (characters.length <= MOST_CHARACTERS) return words || 'unnamed';
  const kept = characters.slice(0, KEPT_CHARACTERS).join('').replace(/-+$/, '');
  return `${kept}-${hashOf(words)}`;
}

/** FNV-1a of 64 bits over UTF-16 code units, to the base 36. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let place = 0; place < text.length; place += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(place))) * 0x100000001b3n);
  }
  return hash.toString(36).padStart(13, '0');
}
