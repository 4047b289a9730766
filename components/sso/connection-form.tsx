import { ActionForm } from '@/components/layout/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Details } from '@/components/ui/details';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { addConnectionAction, changeConnectionAction } from '@/lib/sso/actions';
import type { OidcPage } from '@/lib/sso/types';
import { JoiningField } from './joining-field';

/** An OpenID provider: a new one, or (`connection`) one that is there. */
export function ConnectionForm({ org, connection }: { org: string; connection?: OidcPage }) {
  const settings = connection?.settings;
  return (
    <ActionForm
      action={connection ? changeConnectionAction : addConnectionAction}
      hidden={{ organisation: org, ...(connection && { connection: connection.id }) }}
      className="grid gap-4 sm:grid-cols-2"
    >
      <TextField
        name="name"
        label="Name"
        required
        maxLength={100}
        placeholder="Okta"
        defaultValue={connection?.name ?? ''}
        hint="People see it where they sign in."
      />
      <TextField
        name="issuer"
        label="Issuer"
        required
        maxLength={2000}
        placeholder="https://login.example.com"
        defaultValue={settings?.issuer ?? ''}
        hint="Where /.well-known/openid-configuration is found."
      />
      <TextField
        name="clientId"
        label="Client id"
        required
        maxLength={500}
        defaultValue={settings?.clientId ?? ''}
      />
      <TextField
        name="clientSecret"
        label="Client secret"
        optional={connection?.hasSecret ? 'one is kept' : 'none for a public client'}
        type="password"
        maxLength={2000}
        autoComplete="off"
        hint={connection?.hasSecret ? 'Leave this empty to keep it.' : undefined}
      />
      <Checkbox
        name="isPublicClient"
        defaultChecked={connection ? !connection.hasSecret : false}
        label="It is a public client, which has no secret"
        className="sm:col-span-2"
      />
      <JoiningField joining={connection?.joining} />
      <div className="sm:col-span-2">
        <Details summary="Scopes and claims">
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            <TextField
              name="scopes"
              label="Scopes"
              maxLength={500}
              defaultValue={settings?.scopes ?? 'openid email profile'}
              className="sm:col-span-2"
            />
            <TextField
              name="subjectClaim"
              label="Claim of the person"
              maxLength={200}
              defaultValue={settings?.claims.subject ?? 'sub'}
              hint="Entra: oid."
            />
            <TextField
              name="emailClaim"
              label="Claim of the address"
              maxLength={200}
              defaultValue={settings?.claims.email ?? 'email'}
            />
            <TextField
              name="nameClaim"
              label="Claim of the name"
              maxLength={200}
              defaultValue={settings?.claims.name ?? 'name'}
            />
            <TextField
              name="groupsClaim"
              label="Claim of the groups"
              maxLength={200}
              defaultValue={settings?.claims.groups ?? 'groups'}
              hint="A dot leads into an object: realm_access.roles."
            />
            <Checkbox
              name="trustsAddresses"
              defaultChecked={settings?.trustsAddresses ?? false}
              label="The provider’s admins set the addresses, so each counts as verified"
              className="sm:col-span-2"
            />
          </div>
        </Details>
      </div>
      <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
        <SubmitButton look={connection ? 'plain' : 'primary'}>
          {connection ? 'Save the changes' : 'Add the connection'}
        </SubmitButton>
        <FormMessage />
      </div>
    </ActionForm>
  );
}
