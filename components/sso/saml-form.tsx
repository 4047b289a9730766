import { ActionForm } from '@/components/layout/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Details } from '@/components/ui/details';
import { FormMessage } from '@/components/ui/form-message';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { addSamlConnectionAction, changeSamlConnectionAction } from '@/lib/sso/actions';
import type { SamlPage } from '@/lib/sso/types';
import { JoiningField } from './joining-field';

/** A SAML provider: a new one, or (`connection`) one that is there. */
export function SamlForm({ org, connection }: { org: string; connection?: SamlPage }) {
  const settings = connection?.settings;
  return (
    <ActionForm
      action={connection ? changeSamlConnectionAction : addSamlConnectionAction}
      hidden={{ organisation: org, ...(connection && { connection: connection.id }) }}
      className="grid gap-4 sm:grid-cols-2"
    >
      <TextField
        name="name"
        label="Name"
        required
        maxLength={100}
        placeholder="Entra"
        defaultValue={connection?.name ?? ''}
        hint="People see it where they sign in."
        className="sm:col-span-2"
      />
      <TextField
        name="metadataUrl"
        label="Address of its metadata"
        maxLength={2000}
        placeholder="https://login.example.com/metadata"
        hint={
          settings
            ? 'Leave this and the text empty to keep what is known.'
            : 'Gait reads it again every day, so new certificates arrive on their own.'
        }
        className="sm:col-span-2"
      />
      <TextArea
        name="metadataXml"
        label="Or the text of its metadata"
        rows={4}
        maxLength={1 << 20}
        placeholder="<EntityDescriptor …"
        className="sm:col-span-2"
      />
      <TextField
        name="metadataFile"
        type="file"
        label="Or its metadata as a file"
        className="sm:col-span-2"
      />
      <JoiningField joining={connection?.joining} />
      <div className="sm:col-span-2">
        <Details summary="Attributes and rules">
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            <TextField
              name="subjectClaim"
              label="What names the person"
              maxLength={200}
              defaultValue={settings?.claims.subject ?? 'NameID'}
              hint="NameID, or an attribute that never changes."
            />
            <TextField
              name="emailClaim"
              label="Attribute of the address"
              maxLength={200}
              defaultValue={settings?.claims.email ?? 'email'}
              hint="Entra: http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress."
            />
            <TextField
              name="nameClaim"
              label="Attribute of the name"
              maxLength={200}
              defaultValue={settings?.claims.name ?? 'name'}
            />
            <TextField
              name="groupsClaim"
              label="Attribute of the groups"
              maxLength={200}
              defaultValue={settings?.claims.groups ?? 'groups'}
            />
            <Checkbox
              name="trustsAddresses"
              defaultChecked={settings?.trustsAddresses ?? true}
              label="The provider’s admins set the addresses, so each counts as verified"
              className="sm:col-span-2"
            />
            <Checkbox
              name="allowIdpInitiated"
              defaultChecked={settings?.allowIdpInitiated ?? false}
              label="People may come from the provider’s portal. Then somebody can be signed in as another without noticing, so leave it off if you can"
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
