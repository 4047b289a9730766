const opaque = (tag: string) => tag.trim().replace(/^W\//, '');

/** Whether a list of tags (`If-Match`, `If-None-Match`) names this version. Tags are weak, so only what is in them counts. */
export function namesVersion(tags: string, etag: string): boolean {
  return tags.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));
}

export function isNotModified(ifNoneMatch: string | null, etag: string): boolean {
  return ifNoneMatch !== null && namesVersion(ifNoneMatch, etag);
}
