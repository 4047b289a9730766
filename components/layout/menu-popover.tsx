'use client';

import { Menu, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';

/** The menu of narrow screens: a native popover, so it opens before and without JavaScript. Closes on arrival. */
export function MenuPopover({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const menu = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the occasion
  useEffect(() => {
    if (menu.current?.matches(':popover-open')) menu.current.hidePopover();
  }, [pathname]);
  const button =
    'flex size-9 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink';
  return (
    <>
      <button type="button" popoverTarget="menu" className={button} aria-label="Open the menu">
        <Menu size={18} aria-hidden />
      </button>
      <div
        ref={menu}
        id="menu"
        popover="auto"
        className="fixed inset-0 m-0 h-dvh w-72 max-w-[85vw] flex-col gap-4 overflow-y-auto border-r border-line bg-paper p-3 text-ink shadow-xl backdrop:bg-black/30 open:flex dark:backdrop:bg-black/60"
      >
        <button
          type="button"
          popoverTarget="menu"
          popoverTargetAction="hide"
          className={`${button} self-end`}
          aria-label="Close the menu"
        >
          <X size={18} aria-hidden />
        </button>
        {children}
      </div>
    </>
  );
}
