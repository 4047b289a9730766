import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { acceptInvitationAction } from '@/lib/members/actions';
import type { InvitationPreview } from '@/lib/members/types';

const problems: Record<Exclude<InvitationPreview['state'], 'ready'>, string> = {
  used: 'That invitation was accepted already. An invitation is for one person, once.',
  expired: 'That invitation has expired. Ask for a new one.',
  unknown: 'That invitation is not known here, or was taken back. Check that the link was copied whole.',
};

/** The button accepts, not the look. */
export function JoinView({ invitation, preview }: { invitation: string; preview: InvitationPreview }) {
  if (preview.state !== 'ready')
    return (
      <>
        <h1 className="text-2xl font-semibold tracking-tight">You cannot join with this link.</h1>
        <Notice tone="amber">
          <p role="alert">{problems[preview.state]}</p>
        </Notice>
      </>
    );
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">
        Join <bdi>{preview.organisationName}</bdi>?
      </h1>
      <p className="text-muted">
        This invitation is for <bdi className="text-ink">{preview.name}</bdi>, who becomes{' '}
        <bdi>{preview.roles}</bdi>. Go on only if that is you.
      </p>
      <ActionForm
        action={acceptInvitationAction}
        hidden={{ invitation }}
        className="flex flex-col items-stretch gap-3"
      >
        <SubmitButton look="primary">Join as {preview.name}</SubmitButton>
        <FormMessage />
      </ActionForm>
    </>
  );
}
