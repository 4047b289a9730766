'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { pageGroups } from './pages';
import type { PaletteSource } from './palette-items';

const CommandPalette = dynamic(() => import('./command-palette').then((file) => file.CommandPalette), {
  ssr: false,
});
const ShortcutsSheet = dynamic(() => import('./shortcuts-sheet').then((file) => file.ShortcutsSheet), {
  ssr: false,
});

type Sheet = 'palette' | 'shortcuts';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** The search button, and the shortcuts of the whole product. What they open is loaded when first asked for. */
export function Keyboard(source: PaletteSource) {
  const { org } = source;
  const router = useRouter();
  const [open, setOpen] = useState<Sheet | null>(null);
  const [asked, setAsked] = useState<ReadonlySet<Sheet>>(new Set());

  function show(sheet: Sheet) {
    setAsked((before) => new Set(before).add(sheet));
    setOpen(sheet);
  }

  useEffect(() => {
    let afterG = 0;
    function press(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setAsked((before) => new Set(before).add('palette'));
        setOpen((now) => (now === 'palette' ? null : 'palette'));
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') {
        setAsked((before) => new Set(before).add('shortcuts'));
        setOpen('shortcuts');
        return;
      }
      const page = pageGroups.flat().find(({ shortcut }) => shortcut === event.key.toUpperCase());
      if (page && event.timeStamp - afterG < 1000) router.push(page.path(org));
      afterG = event.key.toLowerCase() === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    }
    afterG = Number.NEGATIVE_INFINITY;
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [org, router]);

  return (
    <>
      <button
        type="button"
        onClick={() => show('palette')}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-ink"
      >
        <Search size={15} aria-hidden className="lg:hidden" />
        <span className="max-lg:sr-only">Search or jump to</span>
        <span className="hidden gap-1 lg:inline-flex" aria-hidden="true">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      {asked.has('palette') ? (
        <CommandPalette
          {...source}
          open={open === 'palette'}
          onOpenChange={(next) => setOpen(next ? 'palette' : null)}
        />
      ) : null}
      {asked.has('shortcuts') ? (
        <ShortcutsSheet
          open={open === 'shortcuts'}
          onOpenChange={(next) => setOpen(next ? 'shortcuts' : null)}
        />
      ) : null}
    </>
  );
}
