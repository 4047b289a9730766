type Props = { filled: 1 | 2 | 3; className?: string };

const steps = [
  'M1.5.5h2a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z',
  'M8 .5h2a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z',
  'M14.5.5h2a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z',
];

/** Three steps, the first `filled` of them full. Decorative: a word always stands beside it. Two paths, as maps hold thousands. */
export function StepGlyph({ filled, className }: Props) {
  const empty = steps.slice(filled).join('');
  return (
    <svg
      viewBox="0 0 18 10"
      width="18"
      height="10"
      aria-hidden="true"
      stroke="currentColor"
      className={className}
    >
      <path d={steps.slice(0, filled).join('')} fill="currentColor" />
      {empty ? <path d={empty} fill="none" opacity="0.65" /> : null}
    </svg>
  );
}
