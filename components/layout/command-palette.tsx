'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { listPaletteItems, type PaletteItem, type PaletteSource } from './palette-items';

const groups = ['Pages', 'Teams', 'Lanes'] as const;
const mostPerGroup = 8;

/** Every typed word must occur in the label; items that begin with the words come first. */
function findItems(items: PaletteItem[], typed: string): PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter(({ label, group }) => {
    const text = label.toLowerCase();
    return words.length > 0 ? words.every((word) => text.includes(word)) : group !== 'Lanes';
  });
  const first = words[0] ?? '';
  return found.sort(
    (a, b) =>
      Number(b.label.toLowerCase().startsWith(first)) - Number(a.label.toLowerCase().startsWith(first)),
  );
}

type Props = PaletteSource & { open: boolean; onOpenChange: (open: boolean) => void };

export function CommandPalette({ open, onOpenChange, org, teams, categories }: Props) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const items = useMemo(() => listPaletteItems({ org, teams, categories }), [org, teams, categories]);
  const found = useMemo(() => findItems(items, typed), [items, typed]);
  function jump(href: string) {
    onOpenChange(false);
    setTyped('');
    router.push(href);
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Search or jump to" titleHidden>
      <Command shouldFilter={false} label="Search or jump to" loop>
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="A page, a team or a lane, such as “search docs”"
          className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-96 overflow-y-auto p-2">
          <Command.Empty className="px-2 py-6 text-center text-sm text-muted">
            Nothing is called that.
          </Command.Empty>
          {groups.map((group) => (
            <PaletteGroup
              key={group}
              heading={group}
              items={found.filter((item) => item.group === group)}
              onJump={jump}
            />
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

type GroupProps = { heading: string; items: PaletteItem[]; onJump: (href: string) => void };

function PaletteGroup({ heading, items, onJump }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-muted"
    >
      {items.slice(0, mostPerGroup).map(({ href, label }) => (
        <Command.Item
          key={href}
          value={href}
          onSelect={() => onJump(href)}
          className="cursor-pointer rounded-md px-2 py-1.5 data-[selected=true]:bg-hover"
        >
          <bdi>{label}</bdi>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
