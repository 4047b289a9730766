import { isAppError } from '@/lib/platform/errors';

/** A page of a list; a cursor that somebody shortened or typed is left out, and the first page shown. */
export async function orFirstPage<Cursors, List>(
  list: (cursors: Cursors) => Promise<List>,
  cursors: Cursors,
  none: Cursors,
): Promise<List> {
  try {
    return await list(cursors);
  } catch (error) {
    if (isAppError(error) && error.code === 'bad_request') return list(none);
    throw error;
  }
}
