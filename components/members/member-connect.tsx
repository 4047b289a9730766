import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import type { MemberPage } from '@/lib/members/types';
import { connectAction } from '@/lib/sso/actions';

type Props = { org: string } & Pick<MemberPage, 'person' | 'connectable'>;

/** Providers that do not know the reader yet: a sign-in there makes them the same person. */
export function MemberConnect({ org, person, connectable }: Props) {
  return (
    <section>
      <SectionHeading id="connect">Sign in through your organisation’s provider</SectionHeading>
      <Card aria-labelledby="connect" className="flex flex-col gap-3 px-4 py-3.5 text-sm">
        <p className="text-muted">
          Sign in there once, and you are the same person here when you come through it. It must vouch for
          your address
          {person.email ? (
            <>
              , <bdi className="wrap-anywhere">{person.email}</bdi>
            </>
          ) : null}
          .
        </p>
        {connectable.map(({ id, name }) => (
          <ActionForm
            key={id}
            action={connectAction}
            hidden={{ organisation: org, connection: id }}
            className="flex flex-wrap items-end gap-3"
          >
            {person.email === null ? (
              <TextField
                name="email"
                type="email"
                label="Your e-mail address at work"
                required
                maxLength={320}
              />
            ) : null}
            <SubmitButton size="small">
              Connect <bdi>{name}</bdi>
            </SubmitButton>
            <FormMessage />
          </ActionForm>
        ))}
      </Card>
    </section>
  );
}
