'use client';

import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';

type Props = { error: unknown; retry: () => void };

function digestOf(error: unknown): string | null {
  return error instanceof Error && 'digest' in error && typeof error.digest === 'string'
    ? error.digest
    : null;
}

/** What happened, what to do, and a way to try again. */
export function Failure({ error, retry }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  const digest = digestOf(error);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="flex max-w-prose flex-col items-start gap-3 py-10">
      <h1 ref={title} tabIndex={-1} className="text-xl font-semibold outline-none">
        This page could not be made.
      </h1>
      <p className="text-muted">
        Nothing was changed. Try again; if it keeps failing, check that the database is up (
        <code className="font-mono text-sm">/api/health/ready</code>) and look at the server’s log
        {digest ? ' for the number below' : ''}.
      </p>
      {digest ? <p className="font-mono text-sm text-muted">{digest}</p> : null}
      <Button look="primary" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}
