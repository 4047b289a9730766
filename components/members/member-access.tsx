import { ActionForm } from '@/components/layout/action-form';
import { Card } from '@/components/ui/card';
import { FormMessage } from '@/components/ui/form-message';
import { SectionHeading } from '@/components/ui/section-heading';
import { SubmitButton } from '@/components/ui/submit-button';
import { removePersonAction, restorePersonAction } from '@/lib/members/actions';
import type { MemberRow } from '@/lib/members/types';

/** Out at once, or in again. */
export function MemberAccess({ org, person }: { org: string; person: MemberRow }) {
  const isRemoved = person.removedAt !== null;
  return (
    <section>
      <SectionHeading id="access">Access</SectionHeading>
      <Card aria-labelledby="access" className="px-4 py-3.5">
        <ActionForm
          action={isRemoved ? restorePersonAction : removePersonAction}
          hidden={{ organisation: org, person: person.id }}
          className="flex flex-col items-start gap-3 text-sm"
        >
          <p className="text-muted">
            {isRemoved
              ? 'They may not sign in. Let in again, they have the roles that are listed here; tokens that were revoked stay revoked.'
              : 'Ends their sessions and links and revokes the tokens they made, at once. What they did stays in the record.'}
          </p>
          <SubmitButton look={isRemoved ? 'plain' : 'danger'} size="small">
            {isRemoved ? 'Let them in again' : `Remove ${person.name}`}
          </SubmitButton>
          <FormMessage />
        </ActionForm>
      </Card>
    </section>
  );
}
