'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';

type Props = { action: string; value: string };

/** Filters the teams of the map; the words stay in the URL. Without JavaScript, Enter sends the form. */
export function LaneMapSearch({ action, value }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(typed: string) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const query = typed.trim() ? `?${new URLSearchParams({ q: typed.trim() })}` : '';
      startTransition(() => router.replace(`${action}${query}`, { scroll: false }));
    }, 180);
  }

  return (
    <search className="max-sm:grow">
      <form action={action} aria-busy={isPending}>
        <input
          type="search"
          name="q"
          dir="auto"
          defaultValue={value}
          onChange={(event) => search(event.target.value)}
          placeholder="Filter teams"
          aria-label="Filter teams"
          className="h-8 w-48 rounded-md border border-field-line bg-card px-2.5 text-sm placeholder:text-faint max-sm:w-full"
        />
      </form>
    </search>
  );
}
