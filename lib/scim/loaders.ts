import 'server-only';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireSession } from '@/lib/sessions/gate';
import { getDirectory } from './data/connection';
import type { DirectoryView } from './types';

export async function loadDirectory(org: string, connection: string): Promise<DirectoryView> {
  const { ctx } = await requireSession(org);
  if (!z.uuid().safeParse(connection).success) notFound();
  return getDirectory(ctx, connection);
}
