import { formatWorth } from '@/components/ui/numbers';

/** What a task was worth, in [0,1]; a dash when it was worth nothing either way. */
export function Worth({ score }: { score: number | null }) {
  if (score === null) {
    return (
      <span className="text-muted">
        <span aria-hidden="true">–</span>
        <span className="sr-only">none</span>
      </span>
    );
  }
  return <span className="font-mono font-medium">{formatWorth(score)}</span>;
}
