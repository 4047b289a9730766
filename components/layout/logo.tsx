/** Three steps of a rising gait. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-lg font-semibold tracking-tight">
      <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true" fill="currentColor">
        <rect x="0" y="10" width="4" height="6" rx="1" opacity="0.35" />
        <rect x="6" y="5" width="4" height="11" rx="1" opacity="0.65" />
        <rect x="12" y="0" width="4" height="16" rx="1" />
      </svg>
      Gait
    </span>
  );
}
