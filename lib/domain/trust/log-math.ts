/** Reads a typed array where the loop's bounds already guarantee the index; NaN would betray a wrong bound. */
export function read(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}

/** Adds to every value the one that stands as far behind `from` in `added`. Adding logarithms multiplies what they stand for. */
export function addTo(values: Float64Array, added: Float64Array, from = 0): void {
  for (let i = 0; i < values.length; i += 1) values[i] = read(values, i) + read(added, from + i);
}

/**
 * ln(e^a + e^b), without overflow. Natural logarithms; -Infinity stands for ln 0.
 * Exact to about one unit in the last place, because log1p keeps the small addend.
 */
export function logAddExp(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** The largest of `count` values from `at`; -Infinity when there is none. */
export function largest(values: Float64Array, at = 0, count = values.length - at): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = at; i < at + count; i += 1) max = Math.max(max, read(values, i));
  return max;
}

/** ln of the sum of e^v over `count` values from `at`; -Infinity when all of them are. */
export function logSumExp(values: Float64Array, at = 0, count = values.length - at): number {
  const max = largest(values, at, count);
  if (max === Number.NEGATIVE_INFINITY) return max;
  let sum = 0;
  for (let i = at; i < at + count; i += 1) sum += Math.exp(read(values, i) - max);
  return max + Math.log(sum);
}
