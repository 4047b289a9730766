import { Skeleton } from '@/components/ui/skeleton';

/** The page's first lines and a block of the height of what is coming, so that nothing jumps. */
export function PageSkeleton({ block = 'h-96' }: { block?: string }) {
  return (
    <div role="status" aria-label="Loading" data-skeleton>
      <Skeleton className="h-8 w-2/3 max-w-xl" />
      <Skeleton className="mt-2 mb-6 h-5 w-1/2 max-w-md" />
      <Skeleton className={`w-full rounded-xl ${block}`} />
    </div>
  );
}
