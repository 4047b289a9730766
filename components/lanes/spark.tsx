import { sparkPath, sparkSize } from './spark-path';

type Props = { values: readonly (number | null)[]; className?: string | undefined };

/** Twelve weeks of a lane's own mean score, each lane on its own scale. Decorative: the lane's page says the numbers. */
export function Spark({ values, className }: Props) {
  const path = sparkPath(values);
  if (path === '') return null;
  const { width, height } = sparkSize;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
      className={className}
      aria-hidden="true"
    >
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
