import type { Risk } from '@/lib/lanes/types';

const fill = { low: 'none', medium: 'half', high: 'full' } as const satisfies Record<Risk, string>;

/** A category's risk: an empty, half or full dot, and the word. */
export function RiskMark({ risk }: { risk: Risk }) {
  return (
    <span title={`${risk} risk`} className="inline-flex items-center gap-1 whitespace-nowrap">
      <svg viewBox="0 0 8 8" width="7" height="7" aria-hidden="true">
        <circle
          cx="4"
          cy="4"
          r="3.25"
          fill={fill[risk] === 'full' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.25"
        />
        {fill[risk] === 'half' ? <path d="M4 .75a3.25 3.25 0 0 0 0 6.5z" fill="currentColor" /> : null}
      </svg>
      {risk}
      <span className="sr-only"> risk</span>
    </span>
  );
}
