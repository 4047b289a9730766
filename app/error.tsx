'use client';

import { Failure } from '@/components/layout/failure';

export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <main id="content" className="mx-auto max-w-lg px-5">
      <Failure {...props} />
    </main>
  );
}
