import Link from 'next/link';
import type { ReactNode } from 'react';

type Props = {
  title: ReactNode;
  lead?: ReactNode;
  aside?: ReactNode;
  trail?: { label: string; href: string }[];
};

/** The answer to the page's one question, first line. */
export function PageHeader({ title, lead, aside, trail = [] }: Props) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        {trail.length > 0 ? (
          <nav aria-label="Where this is" className="mb-1 flex flex-wrap gap-x-1.5 text-sm text-muted">
            {trail.map(({ label, href }, index) => (
              <span key={href} className="flex gap-x-1.5">
                {index > 0 ? <span aria-hidden="true">/</span> : null}
                <Link href={href} prefetch={false} className="rounded-sm hover:text-ink hover:underline">
                  <bdi>{label}</bdi>
                </Link>
              </span>
            ))}
          </nav>
        ) : null}
        <h1 className="text-xl font-semibold tracking-tight text-balance wrap-anywhere sm:text-2xl">
          {title}
        </h1>
        {lead ? <p className="mt-1 max-w-3xl text-muted text-pretty">{lead}</p> : null}
      </div>
      {aside ? <div className="flex flex-wrap items-center gap-2">{aside}</div> : null}
    </header>
  );
}
