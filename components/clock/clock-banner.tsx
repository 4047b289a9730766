import { ClockAlert } from 'lucide-react';

/** Says, as long as it is so, that the time is in doubt, what rests meanwhile, and what to do. */
export function ClockBanner({ trouble }: { trouble: string }) {
  return (
    <aside
      aria-label="Clock"
      className="flex items-start gap-x-3 border-b border-amber/30 bg-amber-soft px-4 py-2 text-sm text-ink lg:px-8 print:hidden"
    >
      <ClockAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <span>{trouble}</span>
    </aside>
  );
}
