'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';

const choices = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
];

function subscribe() {
  return () => {};
}

/** Which theme is chosen is known in the browser only, so nothing is marked until then. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
  return (
    <fieldset className="flex w-fit rounded-md border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {choices.map(({ value, label, icon: Icon }) => (
        <button
          key={value}
          type="button"
          title={label}
          aria-label={label}
          aria-pressed={inBrowser && theme === value}
          onClick={() => setTheme(value)}
          className="flex size-6 items-center justify-center rounded-sm text-muted hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink"
        >
          <Icon size={14} strokeWidth={1.75} aria-hidden />
        </button>
      ))}
    </fieldset>
  );
}
