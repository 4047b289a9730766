import type { ReactNode } from 'react';
import { Logo } from './logo';

type Props = { organisation: string; menu: ReactNode; search: ReactNode };

export function TopBar({ organisation, menu, search }: Props) {
  return (
    <header className="flex h-14 items-center gap-3 max-lg:border-b max-lg:border-line max-lg:px-3 lg:px-8 print:hidden">
      <div className="flex items-center gap-1 lg:hidden">
        {menu}
        <Logo />
      </div>
      <p className="min-w-0 truncate text-sm text-muted">
        <bdi>{organisation}</bdi>
      </p>
      <div className="ml-auto">{search}</div>
    </header>
  );
}
