const most = 7;

/** First days of months (UTC) between two instants, thinned so that their names do not touch. */
export function monthTicks(from: number, to: number): number[] {
  const start = new Date(from);
  const ticks: number[] = [];
  for (let month = 0; ; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1);
    if (at >= to) break;
    if (at >= from) ticks.push(at);
  }
  const every = Math.ceil(ticks.length / most);
  return ticks.filter((_, index) => index % every === 0);
}
