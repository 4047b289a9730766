import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { setBreakGlassAction } from '@/lib/members/actions';
import type { MemberRow } from '@/lib/members/types';

/** Whether a link signs this owner in even where single sign-on is enforced. */
export function MemberBreakGlass({ org, person }: { org: string; person: MemberRow }) {
  const { id, name, breakGlass } = person;
  return (
    <section>
      <SectionHeading id="break-glass">Break the glass</SectionHeading>
      <Card aria-labelledby="break-glass" className="px-4 py-3.5">
        <ActionForm
          action={setBreakGlassAction}
          hidden={{ organisation: org, person: id, to: breakGlass ? 'off' : 'on' }}
          className="flex flex-col items-start gap-3 text-sm"
        >
          <p className="text-muted">
            {breakGlass
              ? 'A link signs them in even while single sign-on is enforced, should the provider fail.'
              : 'While single sign-on is enforced, they sign in through the provider alone. Whoever may break the glass can still use a link.'}
          </p>
          <SubmitButton size="small">
            {breakGlass ? `No longer let ${name} break the glass` : `Let ${name} break the glass`}
          </SubmitButton>
          <FormMessage />
        </ActionForm>
      </Card>
    </section>
  );
}
