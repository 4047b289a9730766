import { Card } from '@/components/ui/card';
import { SectionHeading } from '@/components/ui/section-heading';
import { enforceSsoAction } from '@/lib/sso/actions';
import type { SignInSettings } from '@/lib/sso/types';
import { SmallForm } from './small-form';
import { TwoSteps } from './two-steps';

/** Whether anybody may still sign in without the provider. */
export function EnforceSection({ org, settings }: { org: string; settings: SignInSettings }) {
  const { ssoEnforced, breakGlass, cannotEnforce } = settings;
  const names = new Intl.ListFormat('en').format(breakGlass) || 'nobody';
  return (
    <section>
      <SectionHeading id="enforce">Single sign-on only</SectionHeading>
      <Card aria-labelledby="enforce" className="flex flex-col items-start gap-3 px-4 py-3.5 text-sm">
        <p className="text-muted">
          {ssoEnforced
            ? `Enforced. By a link only those sign in who may break the glass: ${names || 'nobody'}.`
            : `Not enforced: people can sign in by links, too. Let everybody connect the provider on their own page first. ${saidOf(settings)}`}{' '}
          Owners say who may break the glass, on the owner’s page under People.
        </p>
        {cannotEnforce ? <p>{cannotEnforce}</p> : null}
        {cannotEnforce === null && ssoEnforced ? (
          <SmallForm action={enforceSsoAction} hidden={{ organisation: org, to: 'off' }}>
            No longer enforce it
          </SmallForm>
        ) : null}
        {cannotEnforce === null && !ssoEnforced ? (
          <TwoSteps
            summary="Enforce single sign-on…"
            follows={`Every session that did not come through a connection ends at once. From then on a link signs nobody in but those who may break the glass: ${names}.`}
            action={enforceSsoAction}
            hidden={{ organisation: org, to: 'on' }}
          >
            Enforce it now
          </TwoSteps>
        ) : null}
      </Card>
    </section>
  );
}

function saidOf({ signedInThrough: people }: SignInSettings): string {
  if (people === 0)
    return 'Nobody is signed in through a connection now. Before it can be enforced, somebody must be.';
  if (people === 1)
    return 'One person is signed in through a connection now. Before you enforce it, let a second one try.';
  return `${people} people are signed in through a connection now.`;
}
