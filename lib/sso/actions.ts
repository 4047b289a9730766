'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { systemClock } from '@/lib/platform/clock';
import { AppError } from '@/lib/platform/errors';
import type { FormAction, FormState } from '@/lib/platform/form-state';
import { writeAttemptCookie } from '@/lib/platform/session-cookie';
import { answering, formAction } from '@/lib/sessions/form-action';
import { requireSomebody } from '@/lib/sessions/gate';
import { whoAsks } from '@/lib/sessions/who-asks';
import { beginSignInFrom } from './mutations/begin';
import { beginConnecting } from './mutations/connect';
import {
  addConnection,
  changeConnection,
  enforceSso,
  removeConnection,
  switchConnection,
  tryConnection,
} from './mutations/connections';
import { claimDomain, dropDomain, routeDomain, verifyDomain } from './mutations/domains';
import { mapGroup, unmapGroup } from './mutations/groups';
import { proveAgain } from './mutations/prove-again';
import {
  addNextCertificate,
  addSamlConnection,
  changeSamlConnection,
  takeNextCertificate,
} from './mutations/saml-connections';
import { rereadMetadata } from './mutations/saml-metadata';
import { connectionPage } from './pages';
import {
  changedOidcSchema,
  connectionRefSchema,
  connectSchema,
  domainSchema,
  emailSchema,
  groupMappingSchema,
  mappingRefSchema,
  oidcConnectionSchema,
  returnToSchema,
  routedDomainSchema,
  samlConnectionSchema,
} from './schema';

const fields = (form: FormData) => Object.fromEntries(form);
const text = (form: FormData, name: string) => String(form.get(name) ?? '');

const readOidc = (form: FormData) => ({
  ...fields(form),
  isPublicClient: form.get('isPublicClient') === 'on',
  trustsAddresses: form.get('trustsAddresses') === 'on',
});

/** Where sign-in begins: the address finds the connection of its domain. */
export async function signInByEmailAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answering(form, async () => {
    const parsed = emailSchema.safeParse(fields(form));
    if (!parsed.success)
      throw new AppError('invalid', 'Not sent yet.', {
        fields: { email: ['Give your e-mail address at work.'] },
      });
    const answer = await beginSignInFrom(await whoAsks(), parsed.data.email, systemClock);
    if (answer.kind === 'mail')
      return { message: 'If this address signs in here, a link is on its way. It works for ten minutes.' };
    await writeAttemptCookie(answer.begun.browser);
    redirect(answer.begun.url);
  });
}

/** Somebody signed in proves anew who they are, for what is sensitive. */
export async function proveAgainAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answering(form, async () => {
    const { ctx } = await requireSomebody();
    const answer = await proveAgain(ctx, returnToSchema.parse(form.get('back')));
    if (answer.kind === 'mail') return { message: 'A link is on its way. Open it in this browser.' };
    await writeAttemptCookie(answer.begun.browser);
    redirect(answer.begun.url);
  });
}

/** A secret that was typed is never sent back, so its field says after a refusal that it is empty now. */
function askingForTheSecretAgain(action: FormAction): FormAction {
  return async (previous, form) => {
    const answer = await action(previous, form);
    if (answer?.ok !== false || text(form, 'clientSecret') === '') return answer;
    const clientSecret = 'Enter the secret again: it is not kept while there is an error.';
    return { ...answer, fieldErrors: { clientSecret, ...answer.fieldErrors } };
  };
}

/** Somebody signed in shows that a provider knows them, too. */
export const connectAction = formAction(connectSchema, fields, async (ctx, input) => {
  const { url, browser } = await beginConnecting(ctx, input);
  await writeAttemptCookie(browser);
  redirect(url);
});

export const addConnectionAction = askingForTheSecretAgain(
  formAction(oidcConnectionSchema, readOidc, async (ctx, input, slug) => {
    const { id } = await addConnection(ctx, input);
    redirect(connectionPage(slug, id));
  }),
);

export const changeConnectionAction = askingForTheSecretAgain(
  formAction(changedOidcSchema, readOidc, async (ctx, input) => changed(await changeConnection(ctx, input))),
);

/** A connection that is on goes on working, with values that nobody has tried. */
function changed({ isOn }: { isOn: boolean }) {
  if (!isOn) return { message: 'Changed. Try it again.' };
  return {
    message: 'Changed: from now on people sign in with these values, which nobody has tried. Try it now.',
    isCaution: true,
  };
}

const readSaml = (form: FormData) => ({
  ...fields(form),
  trustsAddresses: form.get('trustsAddresses') === 'on',
  allowIdpInitiated: form.get('allowIdpInitiated') === 'on',
});

/** A file of metadata counts as its text; where a text was typed as well, the text counts. */
function withFile(action: FormAction): FormAction {
  return async (previous, form) => {
    const file = form.get('metadataFile');
    form.delete('metadataFile');
    if (file instanceof File && file.size > 0 && text(form, 'metadataXml').trim() === '')
      form.set('metadataXml', await file.text());
    return action(previous, form);
  };
}

export const addSamlConnectionAction = withFile(
  formAction(samlConnectionSchema, readSaml, async (ctx, input, slug) => {
    const { id } = await addSamlConnection(ctx, input);
    redirect(connectionPage(slug, id));
  }),
);

export const changeSamlConnectionAction = withFile(
  formAction(samlConnectionSchema.extend(connectionRefSchema.shape), readSaml, async (ctx, input) =>
    changed(await changeSamlConnection(ctx, input)),
  ),
);

export const rereadMetadataAction = formAction(connectionRefSchema, fields, async (ctx, input) => ({
  message: await rereadMetadata(ctx, input),
}));

export const addNextCertificateAction = formAction(connectionRefSchema, fields, async (ctx, input) => {
  await addNextCertificate(ctx, input);
  return { message: 'It is in the metadata. Let the provider read that.' };
});

export const takeNextCertificateAction = formAction(connectionRefSchema, fields, async (ctx, input) => {
  await takeNextCertificate(ctx, input);
  return { message: 'In use. The old one is dropped.' };
});

export const tryConnectionAction = formAction(connectionRefSchema, fields, async (ctx, input) => {
  const { url, browser } = await tryConnection(ctx, input);
  await writeAttemptCookie(browser);
  redirect(url);
});

export const switchConnectionAction = formAction(
  connectionRefSchema.extend({ to: z.enum(['on', 'off']) }),
  fields,
  async (ctx, input) => {
    await switchConnection(ctx, input);
    return {
      message: input.to === 'on' ? 'People can sign in with it now.' : 'It is off; its sessions are ended.',
    };
  },
);

export const removeConnectionAction = formAction(connectionRefSchema, fields, async (ctx, input) => {
  await removeConnection(ctx, input);
  return { message: 'The connection is removed.' };
});

export const claimDomainAction = formAction(domainSchema, fields, async (ctx, input) => {
  await claimDomain(ctx, input);
  return { message: `Publish the proof for ${input.domain}, then check it.` };
});

export const verifyDomainAction = formAction(domainSchema, fields, async (ctx, input) => ({
  message: await verifyDomain(ctx, input),
}));

export const routeDomainAction = formAction(routedDomainSchema, fields, async (ctx, input) => {
  await routeDomain(ctx, input);
  return { message: 'Saved.' };
});

export const dropDomainAction = formAction(domainSchema, fields, async (ctx, input) => {
  await dropDomain(ctx, input);
  return { message: `${input.domain} is given up.` };
});

export const mapGroupAction = formAction(groupMappingSchema, fields, async (ctx, input) => {
  const { people, names } = await mapGroup(ctx, input);
  if (people === 0)
    return {
      message:
        'Mapped, but no one who has signed in or was provisioned is in this group: look at how the provider writes it.',
      isCaution: true,
    };
  const others = people > names.length ? [`${people - names.length} more`] : [];
  const who = new Intl.ListFormat('en').format([...names, ...others]);
  return {
    message: `Mapped for ${who}: at once for whom the directory knows, for others at their next sign-in.`,
  };
});

export const unmapGroupAction = formAction(mappingRefSchema, fields, async (ctx, input) => {
  await unmapGroup(ctx, input);
  return { message: 'The mapping and the roles it gave are gone.' };
});

export const enforceSsoAction = formAction(
  z.object({ to: z.enum(['on', 'off']) }),
  fields,
  async (ctx, { to }) => {
    await enforceSso(ctx, { to: to === 'on' });
    return { message: to === 'on' ? 'Enforced from now on.' : 'No longer enforced.' };
  },
);
