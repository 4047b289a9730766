'use client';

import { Failure } from '@/components/layout/failure';
import './globals.css';

export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something failed · Gait</title>
        <main className="mx-auto max-w-lg px-5">
          <Failure {...props} />
        </main>
      </body>
    </html>
  );
}
