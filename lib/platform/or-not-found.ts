import 'server-only';
import { notFound } from 'next/navigation';
import { isAppError } from '@/lib/platform/errors';

/** A cursor that somebody shortened or typed is a page that does not exist. */
export async function orNotFound<List>(list: Promise<List>): Promise<List> {
  try {
    return await list;
  } catch (error) {
    if (isAppError(error) && error.code === 'bad_request') notFound();
    throw error;
  }
}
