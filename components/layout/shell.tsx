import type { ReactNode } from 'react';
import { Account } from './account';
import { KeepFocus } from './keep-focus';
import { Keyboard } from './keyboard';
import { MenuPopover } from './menu-popover';
import { Navigation } from './navigation';
import { Sidebar } from './sidebar';
import { TopBar } from './top-bar';

type Props = {
  shell: {
    organisation: { slug: string; name: string };
    person: { name: string; role: string };
    waitingCount: number;
    teams: { slug: string; name: string }[];
    categories: { key: string; name: string }[];
  };
  banner: ReactNode;
  signOut: ReactNode;
  children: ReactNode;
};

/** The frame of every signed-in page. */
export function PageShell({ shell, banner, signOut, children }: Props) {
  const { organisation, person, waitingCount, teams, categories } = shell;
  const org = organisation.slug;
  const account = <Account person={person} signOut={signOut} />;
  return (
    <div className="flex min-h-dvh">
      <Sidebar org={org} waitingCount={waitingCount} account={account} />
      <div className="flex min-w-0 flex-1 flex-col border-line lg:border-l print:border-0">
        {banner}
        <TopBar
          organisation={organisation.name}
          menu={
            <MenuPopover>
              <Navigation org={org} waitingCount={waitingCount} label="Menu" />
              <div className="mt-auto">{account}</div>
            </MenuPopover>
          }
          search={<Keyboard org={org} teams={teams} categories={categories} />}
        />
        <main
          id="content"
          tabIndex={-1}
          className="w-full max-w-[150rem] flex-1 px-4 pt-4 pb-16 outline-none lg:px-8 lg:pt-3 print:p-0"
        >
          {children}
        </main>
        <KeepFocus />
      </div>
    </div>
  );
}
