import { Notice } from '@/components/ui/notice';

const problems: Record<string, string> = {
  used: 'That link was used already. A link signs one person in, once.',
  expired: 'That link has expired.',
  unknown: 'That link is not known here. Check that it was copied whole.',
  ended: 'Your session has ended.',
};

/** Where sign-in begins: today with a one-time link. */
export function LoginView({ problem }: { problem: string | undefined }) {
  const said = problem ? problems[problem] : undefined;
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Sign in with your link.</h1>
      {said ? (
        <Notice tone="amber">
          <p role="alert">{said}</p>
        </Notice>
      ) : null}
      <div className="flex flex-col gap-3 text-muted">
        <p>
          Gait prints a one-time sign-in link in the terminal where it was started, beside its address. Open
          that link in this browser.
        </p>
        <p>
          No link left? Stop Gait and start it again with{' '}
          <code className="font-mono text-sm text-ink">npm start</code> (or{' '}
          <code className="font-mono text-sm text-ink">npm run demo</code>): it prints a new one.
        </p>
      </div>
    </>
  );
}
