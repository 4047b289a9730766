import { cn } from './class-names';

/** A quiet placeholder of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('animate-pulse rounded-md bg-crawl-soft', className)} />;
}
