import 'server-only';
import { headers } from 'next/headers';
import { addressOf } from '@/lib/platform/client-address';

/** The address that the form under way was sent from. */
export async function whoAsks(): Promise<string> {
  const sent = await headers();
  return addressOf({ header: (name) => sent.get(name) });
}
