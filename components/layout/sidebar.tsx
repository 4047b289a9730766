import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from './logo';
import { Navigation } from './navigation';
import { paths } from './paths';

type Props = { org: string; waitingCount: number; account: ReactNode };

/** The left column of wide screens. */
export function Sidebar({ org, waitingCount, account }: Props) {
  return (
    <aside className="sticky top-0 hidden h-dvh w-52 shrink-0 flex-col gap-5 overflow-y-auto px-3 py-5 lg:flex print:hidden">
      <Link
        href={paths.overview(org)}
        prefetch={false}
        className="w-fit rounded-md px-2"
        aria-label="Gait, to the overview"
      >
        <Logo />
      </Link>
      <Navigation org={org} waitingCount={waitingCount} />
      <div className="mt-auto">{account}</div>
    </aside>
  );
}
