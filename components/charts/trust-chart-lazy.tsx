'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

/** The chart's code comes only with pages that show one, after the page itself. */
export const TrustChartLazy = dynamic(() => import('./trust-chart').then((file) => file.TrustChart), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});
