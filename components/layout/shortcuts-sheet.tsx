'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { pageGroups } from './pages';

const general = [
  { keys: ['Ctrl', 'K'], does: 'Search or jump to (⌘ K on a Mac)' },
  { keys: ['?'], does: 'This sheet' },
  { keys: ['←', '→', '↑', '↓'], does: 'Move on the map' },
  { keys: ['Home'], does: 'Start of the row (Ctrl: of the map)' },
  { keys: ['End'], does: 'End of the row (Ctrl: of the map)' },
  { keys: ['Enter'], does: 'Open the lane' },
];

const jumps = pageGroups.flat().map(({ label, shortcut }) => ({ keys: ['G', shortcut], does: label }));

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

export function ShortcutsSheet({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <div className="grid gap-x-8 gap-y-1 p-4 sm:grid-cols-2">
        <ShortcutList rows={general} />
        <ShortcutList rows={jumps} />
      </div>
    </Dialog>
  );
}

function ShortcutList({ rows }: { rows: { keys: string[]; does: string }[] }) {
  return (
    <dl className="flex flex-col gap-2">
      {rows.map(({ keys, does }) => (
        <div key={does} className="flex flex-row-reverse items-center justify-between gap-4 text-sm">
          <dt className="flex shrink-0 gap-1">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd className="text-muted">{does}</dd>
        </div>
      ))}
    </dl>
  );
}
