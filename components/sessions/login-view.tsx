import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { EmailForm } from './email-form';

const problems: Record<string, string> = {
  used: 'That link was used already. A link signs one person in, once.',
  expired: 'That link has expired.',
  unknown: 'That link is not known here. Check that it was copied whole.',
  ended: 'Your session has ended.',
  first: 'Sign in first. Then you come to what the mail leads to.',
  mail: 'The link in that mail works no more. Sign in, and look there.',
  sso: 'Signing in did not work. Try once more. If it fails again, whoever runs Gait finds the reason in the log.',
  limited: 'Too many sign-ins failed. Wait ten minutes and try again.',
};

/** What anybody puts into the address is shown only where it looks like one of ours. */
const REQUEST_ID = /^[0-9a-f-]{36}$/;

type Props = { problem: string | undefined; request?: string | undefined };

/** Where sign-in begins: with the address, whose domain leads to a provider, or with a one-time link. */
export function LoginView({ problem, request }: Props) {
  const said = problem ? problems[problem] : undefined;
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Sign in.</h1>
      {said ? (
        <Notice tone="amber">
          <p role="alert">{said}</p>
          {request && REQUEST_ID.test(request) ? (
            <p>
              Request <code className="font-mono text-xs break-all">{request}</code>
            </p>
          ) : null}
        </Notice>
      ) : null}
      <EmailForm />
      <Details summary="With a one-time link instead">
        <div className="mt-3 flex flex-col gap-3 text-sm text-muted">
          <p>
            Gait prints one in the terminal where it was started, beside its address. Open that link in this
            browser.
          </p>
          <p>
            No link left? On the server,{' '}
            <code className="font-mono text-sm text-ink">npx gait sign-in-link</code> prints a new one (for
            the demo, with <code className="font-mono text-sm text-ink">GAIT_HOME=.gait/demo</code> before
            it).
          </p>
        </div>
      </Details>
    </>
  );
}
