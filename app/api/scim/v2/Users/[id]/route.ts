import { getUser } from '@/lib/scim/data/resources';
import {
  directoryMethods,
  directoryRoute,
  emptyAnswer,
  expectedVersion,
  readScim,
  resourceAnswer,
} from '@/lib/scim/gate';
import { deleteUser, patchUser, replaceUser } from '@/lib/scim/mutations/users';
import { readPatch } from '@/lib/scim/schema/patch';
import { readResource } from '@/lib/scim/schema/read-resource';
import { userResource } from '@/lib/scim/schema/represent';

const read = directoryRoute(async ({ ctx, request, id, baseUrl }) =>
  resourceAnswer('User', userResource(await getUser(ctx, id), baseUrl), { request }),
);

const replace = directoryRoute(async ({ ctx, request, id, baseUrl }) => {
  const document = readResource('User', await readScim(request));
  const user = await replaceUser(ctx, id, document, expectedVersion(request));
  return resourceAnswer('User', userResource(user, baseUrl), { request });
});

const change = directoryRoute(async ({ ctx, request, id, baseUrl }) => {
  const changes = readPatch('User', await readScim(request));
  const user = await patchUser(ctx, id, changes, expectedVersion(request));
  return resourceAnswer('User', userResource(user, baseUrl), { request });
});

const remove = directoryRoute(async ({ ctx, request, id }) => {
  await deleteUser(ctx, id, expectedVersion(request));
  return emptyAnswer();
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({
  GET: read,
  PUT: replace,
  PATCH: change,
  DELETE: remove,
});
