import { getGroup } from '@/lib/scim/data/resources';
import {
  type Directed,
  directoryMethods,
  directoryRoute,
  emptyAnswer,
  expectedVersion,
  readProjection,
  readScim,
  resourceAnswer,
} from '@/lib/scim/gate';
import { changeGroup, deleteGroup } from '@/lib/scim/mutations/groups';
import { groupChangeOf, wholeGroup } from '@/lib/scim/schema/group-change';
import { readPatch } from '@/lib/scim/schema/patch';
import { readResource } from '@/lib/scim/schema/read-resource';
import { groupResource, hasAttribute } from '@/lib/scim/schema/represent';

async function answered({ ctx, request, id, baseUrl }: Directed) {
  const group = await getGroup(ctx, id, hasAttribute(readProjection(request), 'members'));
  return resourceAnswer('Group', groupResource(group, baseUrl), { request });
}

const replace = directoryRoute(async (directed) => {
  const { ctx, request, id } = directed;
  const change = wholeGroup(readResource('Group', await readScim(request)));
  await changeGroup(ctx, id, change, expectedVersion(request));
  return answered(directed);
});

/** A group may be large, so it comes back only where the directory names what it wants to see (RFC 7644 §3.5.2). */
const change = directoryRoute(async (directed) => {
  const { ctx, request, id } = directed;
  const changes = groupChangeOf(readPatch('Group', await readScim(request)));
  await changeGroup(ctx, id, changes, expectedVersion(request));
  return readProjection(request).attributes.length > 0 ? answered(directed) : emptyAnswer();
});

const remove = directoryRoute(async ({ ctx, request, id }) => {
  await deleteGroup(ctx, id, expectedVersion(request));
  return emptyAnswer();
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = directoryMethods({
  GET: directoryRoute(answered),
  PUT: replace,
  PATCH: change,
  DELETE: remove,
});
