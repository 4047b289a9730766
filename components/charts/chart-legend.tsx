/** What the trust chart's marks mean. */
export function ChartLegend() {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      <li className="flex items-center gap-1.5">
        <span className="h-0.5 w-4 bg-walk" aria-hidden="true" /> score
      </li>
      <li className="flex items-center gap-1.5">
        <span className="w-4 border-t-2 border-dotted border-walk" aria-hidden="true" /> score since the last
        task
      </li>
      <li className="flex items-center gap-1.5">
        <span className="h-2.5 w-4 bg-walk/15" aria-hidden="true" /> 90 % interval
      </li>
      <li className="flex items-center gap-1.5">
        <span className="h-0.5 w-4 bg-ink" aria-hidden="true" /> proven level
      </li>
    </ul>
  );
}
