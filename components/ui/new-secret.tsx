'use client';

import { CopyButton } from './copy-button';
import { useAnswer } from './field';

/** What a form's action made and shows this once: a token, a link. */
export function NewSecret() {
  const secret = useAnswer()?.secret;
  if (!secret) return null;
  return (
    <div
      className="flex w-full flex-col gap-2 rounded-lg border border-run/40 bg-run-soft px-3 py-2.5"
      role="status"
    >
      <p className="text-sm font-medium">Copy it now. It is shown this once and cannot be read again.</p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 font-mono text-sm break-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
    </div>
  );
}
