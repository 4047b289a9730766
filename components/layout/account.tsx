import type { ReactNode } from 'react';
import { ThemeSwitch } from './theme-switch';

type Props = { person: { name: string; role: string }; signOut: ReactNode };

/** Who is signed in, the theme, and the way out. */
export function Account({ person, signOut }: Props) {
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      <div className="min-w-0 px-2">
        <p className="truncate text-sm font-medium">
          <bdi>{person.name}</bdi>
        </p>
        <p className="truncate text-xs text-muted">{person.role}</p>
      </div>
      <div className="flex items-center justify-between gap-2 px-2">
        <ThemeSwitch />
        {signOut}
      </div>
    </div>
  );
}
