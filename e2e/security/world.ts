import { recordAudit } from '@/lib/audit/record';
import { type Grant, ROLES, TEAM_ROLES } from '@/lib/domain/ability';
import { addWeeks, type IsoWeek } from '@/lib/domain/report/iso-week';
import { sealedForChannel } from '@/lib/outbox/channel-secrets';
import { systemClock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { closeDatabase, inOrg } from '@/lib/platform/db';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { reportOf } from '@/lib/reports/mutations/report-of';
import { openSession } from '@/lib/sessions/mutations';
import { sealedFor } from '@/lib/sso/data/connections';
import { anOrganisation, type TestOrganisation } from '@/lib/testing/organisation';
import { addToken } from '@/lib/tokens/mutations';
import { inDatabase } from '../fixtures/database';
import { anIncident, aTask, cleanTasks, daysAgo, send } from '../fixtures/evidence';
import { freePort, type Server, startServer } from '../fixtures/server';
import type { Ask } from './ask';

/**
 * One organisation with a secret in everything that it holds, and everybody who may ask for it. All secrets begin with one word that
 * stands in no address; of some, only those may read who may read that kind.
 */
export const SECRET = 'zq7secret';
export const SECRETS = { audit: `${SECRET}-audit`, sessions: `${SECRET}-session` } as const;
/** What tells of a team's tasks and incidents; tokens of the other must not be told. */
export const SECRETS_OF_TEAMS = { payments: `${SECRET}-of-payments`, search: `${SECRET}-of-search` } as const;
export type Team = keyof typeof SECRETS_OF_TEAMS;
/** Where somebody is who has no role yet, they are told. */
export const ORGANISATION = `${SECRET} organisation`;
/** What nobody is ever shown, whoever they are. */
export const SEALED = `${SECRET}-sealed`;

/** Somebody with a browser: the cookie, and what they may do in the organisation; null = they are no one there. */
export type Person = {
  who: string;
  cookie: string | null;
  grants: readonly Grant[] | null;
  isFresh: boolean;
};

/** Somebody with a token: its scopes, if it is good. `of`: whose it is. `team`: the only one that it speaks for. */
export type Bearer = {
  who: string;
  secret: string | null;
  scopes: readonly string[] | null;
  of: 'acme' | 'elsewhere' | 'another directory';
  team?: Team;
};

/** What doors are asked about. */
export type Things = {
  task: string;
  incident: string;
  person: string;
  session: string;
  invitation: string;
  token: string;
  connection: string;
  channel: string;
  mapping: string;
  domain: string;
  recommendations: readonly string[];
  user: string;
  group: string;
  week: string;
};

export type World = {
  server: Server;
  slug: string;
  elsewhere: string;
  people: Person[];
  bearers: Bearer[];
  things: Things;
  close(): Promise<void>;
};

const HOUR_MS = 3_600_000;
const ACME_TEAM = 'payments';
const DOMAIN = 'acme-inc.example';
const cookieOf = (secret: string) => `gait=${secret}`;

/** The address that answers DNS for the server: nobody, so that no test asks the real one. */
const SETTINGS = {
  AUTH_SECRET: 'a secret of the tests, of more than 32 characters',
  DNS_SERVER: '127.0.0.1:1',
};

export async function buildWorld(env: Record<string, string> = {}): Promise<World> {
  const port = await freePort();
  const server = await startServer({ port, env: { ...SETTINGS, LOG_LEVEL: 'info', ...env } });
  const databaseUrl = await inDatabase(server.home, async ({ host, port: at, user, password, database }) => {
    return `postgresql://${user}:${password}@${host}:${at}/${database}`;
  });
  adoptEnv({ ...SETTINGS, DATABASE_URL: databaseUrl, GAIT_URL: server.url, LOG_LEVEL: 'silent' });
  const acme = await anOrganisation({ name: 'Acme', clock: systemClock });
  const other = await anOrganisation({ name: 'Elsewhere', clock: systemClock });
  await giveEvidence(server.url, acme);
  await giveEvidence(server.url, other, 'plain', { payments: 'plain', search: 'plain' });
  const people = [...(await peopleOf(acme)), ...(await strangersOf(acme, other))];
  const { bearers, connection, mapping } = await bearersOf(acme, other);
  const channel = await aChannel(acme);
  const found = { ...(await thingsOf(acme)), connection, channel, mapping, user: newId(), group: newId() };
  await nameSecretly(server, acme.orgId);
  const { content } = await reportOf(acme.ctx, { week: undefined, team: '' });
  await reportOf(acme.ctx, { week: addWeeks(content.week as IsoWeek, -1), team: '' });
  await reportOf(acme.ctx, { week: undefined, team: ACME_TEAM });
  return {
    server,
    slug: acme.slug,
    elsewhere: other.slug,
    people,
    bearers,
    things: { ...found, week: content.week },
    close: closeDatabase,
  };
}

/** Tasks that earn a recommendation, an incident that may belong to one, and a team that has nothing to do with either. */
async function giveEvidence(
  url: string,
  { token }: TestOrganisation,
  word: string = SECRET,
  words: Readonly<Record<Team, string>> = SECRETS_OF_TEAMS,
): Promise<void> {
  const titled = aTask('github:acme/shop#900')
    .at(daysAgo(3))
    .openedBy(`${word}-agent`, { title: `${words.payments} title`, team: 'Payments', category: 'tests' })
    .merged('lena');
  const search = aTask('github:acme/shop#901')
    .at(daysAgo(2))
    .openedBy('codex', { title: `${words.search} title`, team: 'Search' });
  const incident = anIncident('pagerduty:Q1')
    .at(daysAgo(1))
    .opened('SEV3', { title: `${words.payments} incident`, team: 'Payments' })
    .linkedTo('github:acme/shop#900', 'suggested');
  const clean = cleanTasks(41, { team: 'Payments', from: daysAgo(60) });
  await send(url, token, [...clean, titled, search, incident]);
}

async function signedIn(
  { orgId }: Pick<TestOrganisation, 'orgId'>,
  personId: string,
  userAgent = 'a browser',
): Promise<string> {
  const ctx = { orgId, clock: systemClock, requestId: newId() };
  const opened = await inOrg(orgId, (tx) => openSession(tx, ctx, personId, { via: 'owner link', userAgent }));
  return cookieOf(opened.secret);
}

/** One of each role, in the organisation and in the team that deeds are about, and in another team. */
async function peopleOf(acme: TestOrganisation): Promise<Person[]> {
  const grants: Grant[] = [
    ...ROLES.map((role) => ({ role, team: null })),
    ...[ACME_TEAM, 'search'].flatMap((team) => TEAM_ROLES.map((role) => ({ role, team }))),
  ];
  const withRole = grants.map(async ({ role, team }): Promise<Person> => {
    const who = team === null ? role : `${role} of ${team}`;
    const { actor } = await acme.person(who, role, team ?? undefined);
    return { who, cookie: await signedIn(acme, actor.personId), grants: [{ role, team }], isFresh: true };
  });
  const idle = await acme.person('owner since yesterday', 'owner');
  const cookie = await signedIn(acme, idle.actor.personId);
  await change(
    acme.orgId,
    `UPDATE session SET authenticated_at = authenticated_at - interval '1 hour' WHERE person_id = '${idle.actor.personId}'`,
  );
  const owner: Grant = { role: 'owner', team: null };
  return [
    ...(await Promise.all(withRole)),
    { who: idle.actor.name, cookie, grants: [owner], isFresh: false },
  ];
}

function change(orgId: OrgId, sql: string): Promise<unknown> {
  return inOrg(orgId, (tx) => tx.$executeRawUnsafe(sql));
}

/** Whose session is none any more, or was none ever; and who has one, but nothing to do here. */
async function strangersOf(acme: TestOrganisation, other: TestOrganisation): Promise<Person[]> {
  const nobody = { grants: null, isFresh: true };
  const after = async (who: string, sql: string): Promise<Person> => {
    const { actor } = await acme.person(who, 'owner');
    const cookie = await signedIn(acme, actor.personId);
    await change(acme.orgId, sql.replaceAll('$1', `'${actor.personId}'`));
    return { who, cookie, ...nobody };
  };
  const roleless = await acme.person('without a role', 'member');
  const cookie = await signedIn(acme, roleless.actor.personId);
  await change(acme.orgId, `DELETE FROM role_grant WHERE person_id = '${roleless.actor.personId}'`);
  return [
    { who: 'without a role', cookie, grants: [], isFresh: true },
    { who: 'owner elsewhere', cookie: await signedIn(other, other.owner.actor.personId), ...nobody },
    await after('removed', `UPDATE person SET removed_at = now() WHERE id = $1`),
    await after('signed out', `UPDATE session SET ended_at = now() WHERE person_id = $1`),
    await after('expired', `UPDATE session SET expires_at = now() WHERE person_id = $1`),
    await after('idle', `UPDATE session SET last_seen_at = now() - interval '25 hours' WHERE person_id = $1`),
    { who: 'forged', cookie: cookieOf(`gaits_${'A'.repeat(72)}`), ...nobody },
    { who: 'nobody', cookie: null, ...nobody },
  ];
}

async function bearersOf(acme: TestOrganisation, other: TestOrganisation) {
  const make = async (
    org: TestOrganisation,
    scopes: string[],
    of: { connection?: string; team?: Team } = {},
  ) => {
    const token = { name: `${org === acme ? SECRET : 'plain'} token`, scopes, days: 30 };
    return inOrg(org.orgId, (tx) => addToken(tx, org.owner, { ...token, ...of }));
  };
  const [okta, second, theirs] = await Promise.all([
    aConnection(acme),
    aConnection(acme),
    aConnection(other),
  ]);
  const mapping = newId();
  await inOrg(acme.orgId, (tx) =>
    tx.groupMapping.create({
      data: {
        orgId: acme.orgId,
        id: mapping,
        connectionId: okta,
        group: `${SECRET} group`,
        team: '',
        role: 'auditor',
        createdAt: new Date(),
      },
    }),
  );
  const good = (who: string, scopes: string[], of: Bearer['of'], secret: string): Bearer => ({
    who,
    secret,
    scopes,
    of,
  });
  const gone = async (who: string, sql: string): Promise<Bearer> => {
    const { id, secret } = await make(acme, ['read', 'events:write', 'audit:read']);
    await change(acme.orgId, sql.replaceAll('$1', `'${id}'`));
    return { who, secret, scopes: null, of: 'acme' };
  };
  const bearers: Bearer[] = [];
  for (const scope of ['read', 'events:write', 'audit:read']) {
    bearers.push(good(scope, [scope], 'acme', (await make(acme, [scope])).secret));
    bearers.push(good(`${scope} elsewhere`, [scope], 'elsewhere', (await make(other, [scope])).secret));
  }
  for (const team of ['payments', 'search'] as const)
    for (const scope of ['read', 'events:write']) {
      const { secret } = await make(acme, [scope], { team });
      bearers.push({ ...good(`${scope} of ${team}`, [scope], 'acme', secret), team });
    }
  bearers.push(
    good('scim', ['scim'], 'acme', (await make(acme, ['scim'], { connection: okta })).secret),
    good(
      'scim of another',
      ['scim'],
      'another directory',
      (await make(acme, ['scim'], { connection: second })).secret,
    ),
    good(
      'scim elsewhere',
      ['scim'],
      'elsewhere',
      (await make(other, ['scim'], { connection: theirs })).secret,
    ),
    await gone('revoked', `UPDATE token SET revoked_at = now() WHERE id = $1`),
    await gone('expired', `UPDATE token SET expires_at = now() WHERE id = $1`),
    { who: 'forged', secret: `gait_${'A'.repeat(72)}`, scopes: null, of: 'acme' },
    { who: 'no token', secret: null, scopes: null, of: 'acme' },
  );
  return { bearers, connection: okta, mapping };
}

/** A connection as an admin leaves it, without a provider behind it. */
async function aConnection({ orgId, slug }: TestOrganisation): Promise<string> {
  const id = newId();
  const claims = { subject: 'sub', email: 'email', name: 'name', groups: 'groups' };
  const settings = {
    issuer: 'https://127.0.0.1:1',
    clientId: 'gait',
    scopes: 'openid',
    claims,
    trustsAddresses: false,
  };
  await inOrg(orgId, (tx) =>
    tx.connection.create({
      data: {
        orgId,
        id,
        kind: 'oidc',
        name: `${slug === 'acme' ? SECRET : 'plain'} connection`,
        status: 'draft',
        settings,
        secretSealed: seal(SEALED, sealedFor(orgId, id)),
        joining: 'provisioned',
        createdAt: new Date(),
      },
    }),
  );
  return id;
}

/** A channel whose receiver nobody reaches. */
async function aChannel({ orgId }: TestOrganisation): Promise<string> {
  const id = newId();
  await inOrg(orgId, (tx) =>
    tx.channel.create({
      data: {
        orgId,
        id,
        team: '',
        kind: 'slack',
        name: `${SECRET} channel`,
        urlSealed: seal(`https://127.0.0.1:1/${SEALED}`, sealedForChannel({ orgId, id })),
        host: '127.0.0.1:1',
        gets: ['report'],
        isOn: true,
        createdAt: new Date(),
        createdBy: 'Olga Owner',
      },
    }),
  );
  return id;
}

async function thingsOf(acme: TestOrganisation) {
  const { orgId } = acme;
  const { actor } = await acme.person(`${SECRET} victim`, 'member', 'search');
  await signedIn(acme, actor.personId, SECRETS.sessions);
  const invitation = newId();
  const at = new Date();
  return inOrg(orgId, async (tx) => {
    await tx.invitation.create({
      data: {
        orgId,
        id: invitation,
        name: `${SECRET} invited`,
        email: null,
        grants: [{ role: 'member', team: null }],
        secretHash: new Uint8Array(32),
        invitedBy: 'Olga Owner',
        createdAt: at,
        expiresAt: new Date(at.getTime() + 24 * HOUR_MS),
      },
    });
    await tx.emailDomain.create({
      data: { orgId, domain: DOMAIN, challenge: SECRET, createdAt: at },
    });
    await recordAudit(tx, acme.ctx, { act: 'test.done', target: SECRETS.audit, reason: SECRETS.audit });
    const session = await tx.session.findFirstOrThrow({ where: { orgId, personId: actor.personId } });
    const token = await tx.token.findFirstOrThrow({ where: { orgId } });
    const open = await tx.recommendation.findFirstOrThrow({ where: { orgId, status: 'open' } });
    // One for each deed that is going to be done, each of a lane of its own.
    const copies = Array.from({ length: 20 }, (_, index) => ({
      ...open,
      id: newId(),
      category: `copy-${index}`,
      approvals: [],
      evidence: open.evidence ?? {},
    }));
    await tx.recommendation.createMany({ data: copies });
    return {
      task: 'github:acme/shop#900',
      incident: 'pagerduty:Q1',
      person: actor.personId,
      session: session.id,
      invitation,
      token: token.id,
      domain: DOMAIN,
      recommendations: [open.id, ...copies.map(({ id }) => id)],
    };
  });
}

/** Names that would stand in addresses, had they been given at once. */
async function nameSecretly(server: Server, orgId: string): Promise<void> {
  await inDatabase(server.home, async (client) => {
    await client.query('UPDATE organisation SET name = $2 WHERE org_id = $1', [orgId, ORGANISATION]);
    await client.query(`UPDATE team SET name = '${SECRET} ' || name WHERE org_id = $1`, [orgId]);
  });
}

/** The directory's first words: somebody, and a group with them. @returns their ids */
export async function provision(
  ask: Ask,
  bearers: readonly Bearer[],
): Promise<Pick<Things, 'user' | 'group'>> {
  const secret = bearers.find(({ who }) => who === 'scim')?.secret;
  const post = async (path: string, body: object) => {
    const said = await ask('POST', `/api/scim/v2/${path}`, {
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    });
    if (said.status !== 201) throw new Error(`${path}: ${said.status} ${said.body}`);
    return (JSON.parse(said.body) as { id: string }).id;
  };
  const user = await post('Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `${SECRET}-user`,
    displayName: `${SECRET} user`,
  });
  const group = await post('Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: `${SECRET} group`,
    members: [{ value: user }],
  });
  return { user, group };
}

/** All that the organisation holds and people or tokens may change, as one text; not when somebody was last seen. */
export async function stateOf({ server, slug }: Pick<World, 'server' | 'slug'>): Promise<string[]> {
  const kept: Record<string, string> = {
    audit: 'seq, hash',
    event: 'source, id',
    person: 'id, name, removed_at, break_glass',
    role_grant: 'person_id, team, role, source',
    identity: 'connection, subject',
    session: 'id, ended_at',
    sign_in_link: 'id, used_at',
    invitation: 'id, accepted_at, revoked_at',
    token: 'id, name, scopes, revoked_at',
    connection: 'id, name, status, settings',
    channel: 'id, team, name, gets, is_on',
    mail_choice: 'person_id, kind, team, wants',
    quiet_hours: 'person_id, from_minute, to_minute, zone',
    report_schedule: 'team, weekday, hour, minute, zone, is_sent',
    email_domain: 'domain, connection_id',
    group_mapping: 'id, group_name, role',
    agent: 'key, name, registered_at',
    directory_user: 'id, document',
    directory_group: 'id, display_name, version',
    directory_member: 'group_id, user_id',
    recommendation: 'id, status, approvals',
    audit_keeping: 'retention_days, webhook_url',
    audit_alarm: 'id, code, acknowledged_at, reason',
    organisation: 'name, sso_enforced',
  };
  return inDatabase(server.home, async (client) => {
    const org = await client.query<{ id: string }>('SELECT org_id AS id FROM organisation WHERE slug = $1', [
      slug,
    ]);
    const states: string[] = [];
    for (const [table, columns] of Object.entries(kept)) {
      const { rows } = await client.query<{ state: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(row_text, E'\n' ORDER BY row_text)), '') AS state
         FROM (SELECT (${columns})::text AS row_text FROM ${table} WHERE org_id = $1) AS rows`,
        [org.rows[0]?.id],
      );
      states.push(`${table}: ${rows[0]?.state}`);
    }
    return states;
  });
}
