/**
 * A name as it stands in addresses: lower case, letters and digits of any script, joined by single hyphens;
 * at most 60 characters. Names that differ only in case or punctuation share a slug; of a name without letters and digits, such as 🚀, the
 * numbers of its characters stand there.
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
  return [...words].slice(0, 60).join('').replace(/-+$/, '') || 'unnamed';
}
