'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';

const EVERY_MS = 2_000;
/** Half an hour without a key or a pointer: nobody looks any more, and showing the page anew would keep their session open. */
const QUIET_TURNS = 900;

type Props = { version: string; address: string };

/** Shows the page anew when what it shows has changed. It asks for that only while somebody can see the page. */
export function Live({ version, address }: Props) {
  const router = useRouter();
  const [isRefreshing, startTransition] = useTransition();
  const quietTurns = useRef(0);

  useEffect(() => {
    if (isRefreshing) return;
    const left = new AbortController();
    const { signal } = left;
    let isAsking = false;

    async function look() {
      quietTurns.current += 1;
      if (document.hidden || isAsking || quietTurns.current > QUIET_TURNS) return;
      isAsking = true;
      const now = await versionAt(address, signal);
      isAsking = false;
      if (signal.aborted || now === null) return;
      if (now !== version) startTransition(() => router.refresh());
    }

    const inUse = () => {
      quietTurns.current = 0;
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look, { signal });
    for (const event of ['pointermove', 'keydown']) document.addEventListener(event, inUse, { signal });
    return () => {
      clearInterval(timer);
      left.abort();
    };
  }, [version, address, isRefreshing, router]);

  return null;
}

/** Null when there was no answer, or none that may be read. */
async function versionAt(address: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch(address, { cache: 'no-store', signal });
    if (!answer.ok) return null;
    const { version } = await answer.json();
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
