import { Card } from '@/components/ui/card';
import { SectionHeading } from '@/components/ui/section-heading';
import { enforceSsoAction } from '@/lib/sso/actions';
import type { SignInSettings } from '@/lib/sso/types';
import { SmallForm } from './small-form';

/** Whether anybody may still sign in without the provider. */
export function EnforceSection({ org, settings }: { org: string; settings: SignInSettings }) {
  const { ssoEnforced, breakGlass, cannotEnforce } = settings;
  const names = new Intl.ListFormat('en').format(breakGlass);
  return (
    <section>
      <SectionHeading id="enforce">Single sign-on only</SectionHeading>
      <Card aria-labelledby="enforce" className="flex flex-col items-start gap-3 px-4 py-3.5 text-sm">
        <p className="text-muted">
          {ssoEnforced
            ? `Enforced. By a link only those sign in who may break the glass: ${names}.`
            : `Enforcing it ends every session that did not come through a connection. Those who may break the glass can still use a link: ${names || 'nobody'}.`}
        </p>
        {cannotEnforce ? (
          <p>{cannotEnforce}</p>
        ) : (
          <SmallForm action={enforceSsoAction} hidden={{ organisation: org, to: ssoEnforced ? 'off' : 'on' }}>
            {ssoEnforced ? 'No longer enforce it' : 'Enforce single sign-on'}
          </SmallForm>
        )}
      </Card>
    </section>
  );
}
