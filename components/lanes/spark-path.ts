export const sparkSize = { width: 44, height: 14 };

/** Weeks on the line. */
const weeks = 12;
/** A lane that moves less than this is drawn as calm as it is: noise must not look like a story. */
const leastRange = 0.1;

/** The levels at the bottom and the top of the line, in [0,1]. */
function rangeOf(values: readonly number[]): { low: number; high: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const missing = Math.max(0, leastRange - (high - low));
  const top = Math.min(1, high + missing / 2);
  return { low: Math.min(low, top - leastRange), high: top };
}

/** One path for a run of weeks; a gap where a week has no evidence, a dot where a week stands alone. */
export function sparkPath(values: readonly (number | null)[]): string {
  const { width, height } = sparkSize;
  const { low, high } = rangeOf(values.filter((value) => value !== null));
  const step = width / (weeks - 1);
  const offset = weeks - values.length;
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const x = ((index + offset) * step).toFixed(1);
    const y = (1 + ((high - value) / (high - low)) * (height - 2)).toFixed(1);
    const before = values[index - 1] ?? null;
    const after = values[index + 1] ?? null;
    path += `${before === null ? 'M' : 'L'}${x} ${y}`;
    if (before === null && after === null) path += 'h.01';
  });
  return path;
}
