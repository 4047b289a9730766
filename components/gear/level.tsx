import { formatLevel } from '@/components/ui/numbers';

/** A proven level, set in mono: "≥ .85". A dash while nothing is proven. */
export function Level({ value }: { value: number | null }) {
  if (value === null) return <span className="text-muted">–</span>;
  return <span className="font-mono whitespace-nowrap [word-spacing:-0.3em]">≥ {formatLevel(value)}</span>;
}
