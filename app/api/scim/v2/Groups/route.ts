import { listGroups } from '@/lib/scim/data/resources';
import {
  directoryMethods,
  directoryRoute,
  listAnswer,
  readListQuery,
  readScim,
  resourceAnswer,
} from '@/lib/scim/gate';
import { createGroup } from '@/lib/scim/mutations/groups';
import { wholeGroup } from '@/lib/scim/schema/group-change';
import { readResource } from '@/lib/scim/schema/read-resource';
import { groupResource, hasAttribute } from '@/lib/scim/schema/represent';

const list = directoryRoute(async ({ ctx, request, baseUrl }) => {
  const query = readListQuery(request);
  const page = await listGroups(ctx, query, hasAttribute(query, 'members'));
  return listAnswer('Group', page, (group) => groupResource(group, baseUrl), query);
});

const create = directoryRoute(async ({ ctx, request, baseUrl }) => {
  const group = await createGroup(ctx, wholeGroup(readResource('Group', await readScim(request))));
  return resourceAnswer('Group', groupResource(group, baseUrl), { request, status: 201 });
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({ GET: list, POST: create });
