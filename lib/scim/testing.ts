import * as rest from '@/app/api/scim/v2/[...path]/route';
import * as group from '@/app/api/scim/v2/Groups/[id]/route';
import * as groups from '@/app/api/scim/v2/Groups/route';
import * as resourceTypes from '@/app/api/scim/v2/ResourceTypes/route';
import * as schema from '@/app/api/scim/v2/Schemas/[id]/route';
import * as schemas from '@/app/api/scim/v2/Schemas/route';
import * as config from '@/app/api/scim/v2/ServiceProviderConfig/route';
import * as user from '@/app/api/scim/v2/Users/[id]/route';
import * as users from '@/app/api/scim/v2/Users/route';
import type { Role } from '@/lib/domain/ability';
import { inOrg } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { mapGroup } from '@/lib/sso/mutations/groups';
import { aClock } from '@/lib/testing/clock';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { createDirectoryToken } from './mutations/tokens';

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export type Answered = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test asserts of an answer is its own matter.
  body: any;
  headers: Headers;
};

type Sent = { token?: string; headers?: Record<string, string>; raw?: string };

/** Speaks to the directory's doors as a directory does. */
export function aDirectory(org: TestOrganisation, connection: string, token: string) {
  async function send(method: string, path: string, body?: unknown, sent: Sent = {}): Promise<Answered> {
    const init: RequestInit = {
      method,
      headers: {
        authorization: `Bearer ${sent.token ?? token}`,
        ...(body !== undefined || sent.raw !== undefined ? { 'content-type': 'application/scim+json' } : {}),
        ...sent.headers,
      },
    };
    if (body !== undefined || sent.raw !== undefined) init.body = sent.raw ?? JSON.stringify(body);
    const request = new Request(`http://localhost:3000/api/scim/v2${path}`, init);
    const answer = await doorOf(method, path)(request, paramsOf(path));
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? null : JSON.parse(text),
      headers: answer.headers,
    };
  }
  return {
    org,
    connection,
    token,
    send,
    get: (path: string, sent?: Sent) => send('GET', path, undefined, sent),
    find: (kind: 'Users' | 'Groups', filter: string) =>
      send('GET', `/${kind}?filter=${encodeURIComponent(filter)}`),
    patch: (path: string, Operations: unknown, sent?: Sent) =>
      send('PATCH', path, { schemas: [PATCH_SCHEMA], Operations }, sent),
    /** @returns the new user's id */
    async user(userName: string, more: object = {}): Promise<string> {
      const { status, body } = await send('POST', '/Users', { schemas: [USER_SCHEMA], userName, ...more });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body.id;
    },
    /** @returns the new group's id */
    async group(displayName: string, members: readonly string[] = []): Promise<string> {
      const { status, body } = await send('POST', '/Groups', {
        schemas: [GROUP_SCHEMA],
        displayName,
        members: members.map((value) => ({ value })),
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body.id;
    },
    map: (name: string, role: Role, team: string | null = null) =>
      mapGroup(org.owner, { connection, group: name, role: { role, team } }),
    /** The person behind a user, with roles in words. */
    async person(id: string) {
      return inOrg(org.orgId, async (tx) => {
        const { personId } = await tx.directoryUser.findUniqueOrThrow({
          where: { orgId_id: { orgId: org.orgId, id } },
        });
        const person = await tx.person.findUniqueOrThrow({
          where: { orgId_id: { orgId: org.orgId, id: personId } },
          include: { grants: true },
        });
        const roles = person.grants.map(({ role, team }) => (team ? `${role} of ${team}` : role)).sort();
        return { ...person, roles };
      });
    },
  };
}
export type Directory = ReturnType<typeof aDirectory>;

function doorOf(method: string, path: string) {
  const [, first = '', second] = (path.split('?')[0] ?? '').split('/');
  const routes = { Users: users, Groups: groups, Schemas: schemas, ResourceTypes: resourceTypes };
  const single = { Users: user, Groups: group, Schemas: schema };
  const found =
    first === 'ServiceProviderConfig'
      ? config
      : second === undefined
        ? (routes[first as keyof typeof routes] ?? rest)
        : (single[first as keyof typeof single] ?? rest);
  return found[method as keyof typeof found] as typeof users.GET;
}

function paramsOf(path: string) {
  const [, , second] = (path.split('?')[0] ?? '').split('/');
  return { params: Promise.resolve(second === undefined ? undefined : { id: decodeURIComponent(second) }) };
}

/** A connection without a provider behind it: a directory needs none. */
export async function aBareConnection({ orgId, clock }: TestOrganisation): Promise<string> {
  const id = newId();
  await inOrg(orgId, (tx) =>
    tx.connection.create({
      data: {
        orgId,
        id,
        kind: 'oidc',
        name: 'Okta',
        status: 'draft',
        settings: {},
        joining: 'provisioned',
        createdAt: clock.now(),
      },
    }),
  );
  return id;
}

/** An organisation with the team payments, and a directory that may speak. */
export async function aProvisionedOrganisation(): Promise<Directory> {
  const org = await anOrganisation({ clock: aClock(Date.now()) });
  const { orgId, clock } = org;
  await inOrg(orgId, (tx) =>
    tx.team.create({ data: { orgId, slug: 'payments', name: 'Payments', createdAt: clock.now() } }),
  );
  return anotherDirectory(org);
}

export async function anotherDirectory(org: TestOrganisation): Promise<Directory> {
  const connection = await aBareConnection(org);
  const { secret } = await createDirectoryToken(org.owner, { connection });
  return aDirectory(org, connection, secret);
}
