const width = 44;
const height = 14;
/** The line's floor: means below it are drawn on it. */
const lowest = 0.3;
/** Weeks on the line. */
const weeks = 12;

/** One path for a run of weeks; a gap where a week has no evidence, a dot where a week stands alone. */
function sparkPath(values: readonly (number | null)[]): string {
  const step = width / (weeks - 1);
  const offset = weeks - values.length;
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const x = ((index + offset) * step).toFixed(1);
    const y = (1 + (1 - (Math.max(lowest, value) - lowest) / (1 - lowest)) * (height - 2)).toFixed(1);
    const before = values[index - 1] ?? null;
    const after = values[index + 1] ?? null;
    path += `${before === null ? 'M' : 'L'}${x} ${y}`;
    if (before === null && after === null) path += 'h.01';
  });
  return path;
}

/** Twelve weeks of a lane's own mean score, from .3 to 1. Decorative: the lane's page says the numbers. */
export function Spark({ values }: { values: readonly (number | null)[] }) {
  const path = sparkPath(values);
  if (path === '') return null;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
