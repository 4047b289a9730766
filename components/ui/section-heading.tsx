import type { ReactNode } from 'react';

type Props = { children: ReactNode; aside?: ReactNode; id?: string };

export function SectionHeading({ children, aside, id }: Props) {
  return (
    <div className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
      <h2 id={id} className="text-base font-semibold">
        {children}
      </h2>
      {aside ? <div className="text-sm text-muted">{aside}</div> : null}
    </div>
  );
}
