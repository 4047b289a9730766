import { sparkPath, sparkSize } from './spark-path';

/** Twelve weeks of a lane's own mean score, or the last of them that find room; each lane on its own scale. Decorative: the lane's page says the numbers. */
export function Spark({ values }: { values: readonly (number | null)[] }) {
  const path = sparkPath(values);
  if (path === '') return null;
  const { width, height } = sparkSize;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="xMaxYMid slice"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
