'use client';

import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

type Props = { href: string; exact?: boolean; children: ReactNode };

/** A navigation entry that knows whether it is where the reader stands. */
export function NavLink({ href, exact = false, children }: Props) {
  const pathname = usePathname();
  const isHere = pathname === href || (!exact && pathname.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isHere ? 'page' : undefined}
      className="flex h-8 items-center gap-2.5 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink"
    >
      {children}
      <OnItsWay />
    </Link>
  );
}

/** Says that the page was asked for, when it takes longer than one would notice. */
function OnItsWay() {
  const { pending } = useLinkStatus();
  return pending ? (
    <span aria-hidden="true" className="on-its-way ml-auto size-1.5 rounded-full bg-current" />
  ) : null;
}
