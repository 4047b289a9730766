import { ActionForm } from '@/components/layout/action-form';
import { FormMessage } from '@/components/ui/form-message';
import { NewSecret } from '@/components/ui/new-secret';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { invitePersonAction } from '@/lib/members/actions';
import { roleOptions } from './role-options';

type Props = { org: string; teams: readonly { slug: string; name: string }[] };

/** Asks somebody to join; the link is shown here once. */
export function InviteForm({ org, teams }: Props) {
  return (
    <ActionForm
      action={invitePersonAction}
      hidden={{ organisation: org }}
      className="grid gap-4 sm:grid-cols-2"
    >
      <TextField name="name" label="Name" required maxLength={200} placeholder="Ana Silva" />
      <TextField
        name="email"
        type="email"
        label="E-mail address"
        maxLength={320}
        hint="Where sign-in links go, once Gait can send mail. Whoever comes through your provider with it joins by this invitation."
      />
      <SelectField
        name="role"
        label="Role"
        required
        defaultValue="member"
        options={roleOptions(teams)}
        className="sm:col-span-2"
      />
      <div className="flex flex-col items-start gap-3 sm:col-span-2">
        <FormMessage />
        <NewSecret />
        <SubmitButton look="primary">Invite</SubmitButton>
      </div>
    </ActionForm>
  );
}
