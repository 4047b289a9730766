import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';

type Props = { first: string | null; next: string | null; label?: string };

/** Links of a cursor-paged list: back to the newest, on to the older. `label` tells apart the lists of one screen. */
export function Paging({ first, next, label = 'Pages' }: Props) {
  if (!first && !next) return null;
  return (
    <nav aria-label={label} className="mt-3 flex justify-between gap-2">
      {first ? (
        <Link href={first} prefetch={false} className={buttonStyle({ size: 'small', look: 'quiet' })}>
          Newest
        </Link>
      ) : (
        <span />
      )}
      {next ? (
        <Link href={next} prefetch={false} className={buttonStyle({ size: 'small' })}>
          Older
        </Link>
      ) : null}
    </nav>
  );
}
