import { listUsers } from '@/lib/scim/data/resources';
import {
  directoryMethods,
  directoryRoute,
  listAnswer,
  readListQuery,
  readScim,
  resourceAnswer,
} from '@/lib/scim/gate';
import { createUser } from '@/lib/scim/mutations/users';
import { readResource } from '@/lib/scim/schema/read-resource';
import { userResource } from '@/lib/scim/schema/represent';

const list = directoryRoute(async ({ ctx, request, baseUrl }) => {
  const query = readListQuery(request);
  return listAnswer('User', await listUsers(ctx, query), (user) => userResource(user, baseUrl), query);
});

const create = directoryRoute(async ({ ctx, request, baseUrl }) => {
  const user = await createUser(ctx, readResource('User', await readScim(request)));
  return resourceAnswer('User', userResource(user, baseUrl), { request, status: 201 });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({ GET: list, POST: create });
