import type { Ability } from '@/lib/domain/ability';
import type { Fields } from './ask';
import type { Team, Things } from './world';

/**
 * Every door of Gait, and who may. A test finds the doors of the tree, of the build and of the running server, and fails where
 * one is not here. `may` is a word of lib/domain/ability.ts, about the organisation or about one `team` of it.
 */

/** `isAnywhere`: whoever may in one team, may. */
export type Deed = { may: Ability; team?: string; isAnywhere?: true };

export type Page =
  /** About nobody's data: anybody may look. */
  | { at: string; for: 'anybody' }
  /** Leads on at once: whoever is signed in home, others to sign-in. */
  | { at: string; for: 'whoever has come' }
  /** About nobody but who is signed in, wherever that is; others to sign-in. */
  | { at: string; for: 'who is signed in' }
  /** For who is signed in and has no role; others are led home or to sign-in. */
  | { at: string; for: 'who has no role' }
  /** Who may read. `shows`: what of it only those see who may do that. `isBare`: nothing is told but by the frame around it. */
  | {
      at: (things: Things) => string;
      for: 'readers';
      shows?: Partial<Record<'audit' | 'sessions', Ability>>;
      isBare?: true;
    };

const readers = (
  at: string | ((things: Things) => string),
  shows: Partial<Record<'audit' | 'sessions', Ability>> = {},
) => ({ at: typeof at === 'string' ? () => at : at, for: 'readers', shows }) as const;

/** By the address of the page's file. Those of readers say where they are in the organisation. */
export const PAGES: Readonly<Record<string, Page>> = {
  '/': { at: '/', for: 'whoever has come' },
  '/again': { at: '/again', for: 'who is signed in' },
  '/join': { at: '/join?invitation=unknown', for: 'anybody' },
  '/login': { at: '/login', for: 'anybody' },
  '/no-role': { at: '/no-role', for: 'who has no role' },
  '/sign-in': { at: '/sign-in?link=unknown', for: 'anybody' },
  '/unsubscribe': { at: '/unsubscribe?of=unknown', for: 'anybody' },
  '/[org]': readers(''),
  '/[org]/agents': readers('/agents'),
  '/[org]/audit': readers('/audit', { audit: 'readAudit' }),
  '/[org]/decisions': readers('/decisions'),
  '/[org]/decisions/[id]': readers(({ recommendations }) => `/decisions/${recommendations[0]}`),
  '/[org]/incidents': readers('/incidents'),
  '/[org]/lanes': readers('/lanes'),
  '/[org]/lanes/[team]/[category]': readers('/lanes/payments/tests'),
  '/[org]/reports': readers('/reports'),
  '/[org]/reports/[week]': readers(({ week }) => `/reports/${week}`),
  '/[org]/reports/[week]/compare': readers(({ week }) => `/reports/${week}/compare`),
  '/[org]/record': readers('/record'),
  '/[org]/settings': { ...readers('/settings'), isBare: true },
  '/[org]/settings/channels': readers('/settings/channels'),
  '/[org]/settings/members': readers('/settings/members'),
  '/[org]/settings/members/[person]': readers(({ person }) => `/settings/members/${person}`, {
    sessions: 'manageMembers',
  }),
  '/[org]/settings/reports': readers('/settings/reports'),
  '/[org]/settings/sample': readers('/settings/sample'),
  '/[org]/settings/sign-in': readers('/settings/sign-in'),
  '/[org]/settings/sign-in/[connection]': readers(({ connection }) => `/settings/sign-in/${connection}`),
  '/[org]/settings/tokens': readers('/settings/tokens'),
  '/[org]/tasks': readers('/tasks'),
  '/[org]/tasks/[ref]': readers(({ task }) => `/tasks/${encodeURIComponent(task)}`),
  '/[org]/teams/[team]': readers('/teams/payments'),
};

/** Files that the framework serves by their name. */
export const FILES: readonly string[] = ['/icon.svg'];

/**
 * Without `may`, a door of a token: its `scope`. `for: 'readers of the audit'` and the like take a session. `answers`: the status
 * for who may, 200 where nothing is said. `theirs`: what somebody else's good token gets; the same, where they read their own.
 * `ofTeam`: what a token gets that speaks for one team; the same, where it reads its own.
 */
export type Route = {
  at?: (things: Things, again: number) => string;
  body?: (things: Things, again: number) => object;
  type?: string;
  answers?: number;
} & (
  | { for: 'anybody' }
  | { scope: string; theirs?: number; ofTeam?: Partial<Record<Team, number>> }
  | (Deed & { theirs: number })
);

const CLOUD_EVENT = 'application/cloudevents+json';
const SCIM = 'urn:ietf:params:scim:';
const userOf = (userName: string) => ({
  schemas: [`${SCIM}schemas:core:2.0:User`],
  userName,
  displayName: userName,
});
const groupOf = (displayName: string) => ({ schemas: [`${SCIM}schemas:core:2.0:Group`], displayName });
const patch = (path: string, value: string) => ({
  schemas: [`${SCIM}api:messages:2.0:PatchOp`],
  Operations: [{ op: 'replace', path, value }],
});
const scim = { scope: 'scim', type: 'application/scim+json' } as const;
const aUser = { ...scim, at: ({ user }: Things) => `/api/scim/v2/Users/${user}`, theirs: 404 };
const aGroup = { ...scim, at: ({ group }: Things) => `/api/scim/v2/Groups/${group}`, theirs: 404 };
const nothing = { ...scim, at: () => '/api/scim/v2/Nothing', answers: 404, body: () => ({}) };
const notFound = { for: 'anybody', at: () => '/api/nothing', answers: 404 } as const;
const lost = { for: 'anybody', answers: 303 } as const;

/** By method and the address of the route's file. HEAD is asked where GET is; what is not here must be refused as a method. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /api/[[...path]]': notFound,
  'POST /api/[[...path]]': notFound,
  'PUT /api/[[...path]]': notFound,
  'PATCH /api/[[...path]]': notFound,
  'DELETE /api/[[...path]]': notFound,
  'OPTIONS /api/[[...path]]': notFound,
  'GET /api/audit': { may: 'readAudit', theirs: 200 },
  'GET /api/changes': { may: 'read', isAnywhere: true, theirs: 200 },
  'GET /api/auth/oidc/[connection]/callback': {
    ...lost,
    at: ({ connection }) => `/api/auth/oidc/${connection}/callback?code=1&state=2`,
  },
  'POST /api/auth/saml/[connection]/acs': { ...lost, at: () => '/api/auth/saml/none/acs' },
  'GET /api/auth/saml/[connection]/finish': { ...lost, at: () => '/api/auth/saml/none/finish?state=1' },
  'GET /api/auth/saml/[connection]/metadata': {
    for: 'anybody',
    at: () => '/api/auth/saml/none/metadata',
    answers: 404,
  },
  'GET /api/go': { ...lost, at: () => '/api/go?to=unknown' },
  'GET /api/unsubscribe': { ...lost, at: () => '/api/unsubscribe?of=unknown' },
  'POST /api/unsubscribe': { for: 'anybody', at: () => '/api/unsubscribe?of=unknown', answers: 400 },
  'GET /api/health/live': { for: 'anybody' },
  'GET /api/health/ready': { for: 'anybody' },
  'GET /api/v1/agents': { scope: 'read', ofTeam: { payments: 403, search: 403 } },
  'GET /api/v1/audit': { scope: 'audit:read' },
  'POST /api/v1/events': {
    scope: 'events:write',
    type: CLOUD_EVENT,
    ofTeam: { search: 422 },
    body: ({ task }, again) => ({
      specversion: '1.0',
      id: `told-${again}`,
      source: 'test',
      type: 'dev.gait.task.merged.v1',
      data: { task: { ref: task } },
    }),
  },
  'GET /api/v1/incidents': { scope: 'read' },
  'GET /api/v1/lanes': { scope: 'read' },
  'GET /api/v1/lanes/[team]/[category]': {
    scope: 'read',
    ofTeam: { search: 403 },
    at: () => '/api/v1/lanes/payments/tests',
  },
  'GET /api/reports/[week]': {
    may: 'read',
    isAnywhere: true,
    theirs: 404,
    at: ({ week }) => `/api/reports/${week}?as=json`,
  },
  'GET /api/v1/reports/[week]': {
    scope: 'read',
    theirs: 404,
    // No report of its own is frozen.
    ofTeam: { search: 404 },
    at: ({ week }) => `/api/v1/reports/${week}`,
  },
  'POST /api/v1/recommendations/[id]/decision': {
    may: 'decideGears',
    team: 'payments',
    theirs: 404,
    type: 'application/json',
    at: ({ recommendations }, again) => `/api/v1/recommendations/${recommendations.at(-1 - again)}/decision`,
    body: () => ({ action: 'decline', reason: 'Not yet.' }),
  },
  'GET /api/v1/recommendations': { scope: 'read' },
  'GET /api/v1/tasks': { scope: 'read' },
  'GET /api/scim/v2/[...path]': nothing,
  'POST /api/scim/v2/[...path]': nothing,
  'PUT /api/scim/v2/[...path]': nothing,
  'PATCH /api/scim/v2/[...path]': nothing,
  'DELETE /api/scim/v2/[...path]': nothing,
  'GET /api/scim/v2/ServiceProviderConfig': scim,
  'GET /api/scim/v2/ResourceTypes': scim,
  'GET /api/scim/v2/ResourceTypes/[id]': { ...scim, at: () => '/api/scim/v2/ResourceTypes/User' },
  'GET /api/scim/v2/Schemas': scim,
  'GET /api/scim/v2/Schemas/[id]': {
    ...scim,
    at: () => `/api/scim/v2/Schemas/${SCIM}schemas:core:2.0:User`,
  },
  'GET /api/scim/v2/Groups': scim,
  'POST /api/scim/v2/Groups': { ...scim, body: (_, again) => groupOf(`Told ${again}`), answers: 201 },
  'GET /api/scim/v2/Groups/[id]': aGroup,
  'PUT /api/scim/v2/Groups/[id]': { ...aGroup, body: () => groupOf('Renamed') },
  'PATCH /api/scim/v2/Groups/[id]': { ...aGroup, body: () => patch('displayName', 'Again'), answers: 204 },
  'DELETE /api/scim/v2/Groups/[id]': { ...aGroup, answers: 204 },
  'GET /api/scim/v2/Users': scim,
  'POST /api/scim/v2/Users': { ...scim, body: (_, again) => userOf(`told-${again}`), answers: 201 },
  'GET /api/scim/v2/Users/[id]': aUser,
  'PUT /api/scim/v2/Users/[id]': { ...aUser, body: () => userOf('renamed') },
  'PATCH /api/scim/v2/Users/[id]': { ...aUser, body: () => patch('displayName', 'Again') },
  'DELETE /api/scim/v2/Users/[id]': { ...aUser, answers: 204 },
};

/**
 * Who may, what the form holds (`again` counts those who may and have done so), and what who may is told: `ok` where nothing is
 * said, or the codes of refusals that come after the question who may. `fresh`: asks for a sign-in of the last minutes.
 */
export type Action = { fields: (things: Things, again: number) => Fields; answers?: readonly string[] } & (
  | (Deed & { fresh?: true })
  | { for: 'anybody' }
);

const ofConnection = ({ connection }: Things) => ({ connection });
const setup = { may: 'manageSignIn', fresh: true } as const;
const oidcForm = (things: Things) => ({
  ...ofConnection(things),
  name: 'Changed',
  joining: 'provisioned',
  issuer: 'https://127.0.0.1:1',
  clientId: 'gait',
  clientSecret: 'a-secret',
  scopes: '',
  subjectClaim: '',
  emailClaim: '',
  nameClaim: '',
  groupsClaim: '',
});
const samlForm = (things: Things) => ({
  ...ofConnection(things),
  name: 'Changed',
  joining: 'provisioned',
  metadataUrl: '',
  metadataXml: '<a/>',
  subjectClaim: '',
  emailClaim: '',
  nameClaim: '',
  groupsClaim: '',
});
const ofDomain = ({ domain }: Things) => ({ domain });
const ofPerson = ({ person }: Things) => ({ person });
const anInvite = { name: 'Ina', email: '' };
const ofChannel = ({ channel }: Things) => ({ channel });
const channels = { may: 'manageChannels' } as const;
const byHand = { may: 'recordByHand', team: 'payments' } as const;
const people = { may: 'manageMembers' } as const;

/** By the name of the exported function. They are done in this order. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  recordTaskAction: {
    ...byHand,
    fields: (_, again) => ({
      title: 'A task',
      ref: `by-hand#${again}`,
      state: 'open',
      team: 'Payments',
      agent: 'codex',
      category: '',
      requester: '',
      url: '',
    }),
  },
  recordReviewAction: {
    ...byHand,
    fields: ({ task }) => ({ task, reviewer: 'lena', verdict: 'approved', headSha: '' }),
  },
  classifyTaskAction: { ...byHand, fields: ({ task }) => ({ task, category: 'docs', reason: 'It is.' }) },
  recordIncidentAction: {
    ...byHand,
    fields: (_, again) => ({
      title: 'An incident',
      ref: `by-hand-incident#${again}`,
      severity: 'SEV3',
      team: 'Payments',
      task: '',
      url: '',
    }),
  },
  linkIncidentAction: {
    ...byHand,
    fields: ({ incident, task }, again) => ({
      incident,
      task,
      status: again % 2 === 0 ? 'confirmed' : 'rejected',
      reason: 'It is.',
    }),
  },
  decideAction: {
    may: 'decideGears',
    team: 'payments',
    fields: ({ recommendations }, again) => ({
      recommendation: recommendations[again] ?? '',
      action: 'decline',
      reason: 'Not yet.',
    }),
  },
  chooseMailAction: {
    may: 'read',
    isAnywhere: true,
    fields: () => ({ kind: 'report', team: '', wants: 'no' }),
  },
  setQuietHoursAction: {
    may: 'read',
    isAnywhere: true,
    fields: () => ({ from: '22:00', to: '07:00', zone: 'UTC' }),
  },
  endQuietHoursAction: { may: 'read', isAnywhere: true, fields: () => ({}) },
  addChannelAction: {
    may: 'manageChannels',
    team: 'payments',
    fields: (_, again) => ({
      team: 'payments',
      kind: 'slack',
      name: `Channel ${again}`,
      url: 'https://hooks.example/x',
      'gets-report': 'on',
    }),
  },
  tryChannelAction: { ...channels, fields: ofChannel, answers: ['conflict'] },
  switchChannelAction: { ...channels, fields: (things) => ({ ...ofChannel(things), isOn: 'no' }) },
  removeChannelAction: { ...channels, fields: ofChannel, answers: ['ok', 'not_found'] },
  sendTestReportAction: {
    may: 'read',
    isAnywhere: true,
    answers: ['conflict'],
    fields: () => ({}),
  },
  scheduleReportsAction: {
    may: 'scheduleReports',
    team: 'payments',
    fields: () => ({ team: 'payments', weekday: '1', time: '08:00', zone: 'UTC', isSent: '' }),
  },
  followOrganisationAction: {
    may: 'scheduleReports',
    team: 'payments',
    fields: () => ({ team: 'payments' }),
  },
  resendDeliveryAction: {
    may: 'scheduleReports',
    answers: ['not_found'],
    fields: ({ person }) => ({ delivery: person }),
  },
  registerAgentAction: {
    may: 'registerAgents',
    fields: ({ person }, again) => ({
      key: `agent-${again}`,
      name: 'An agent',
      sponsor: person,
      vendor: '',
      model: '',
      scope: '',
    }),
  },
  createTokenAction: {
    may: 'manageTokens',
    fields: () => ({ name: 'ci', scopes: ['read'], days: '30' }),
  },
  replaceTokenAction: {
    may: 'manageTokens',
    fields: ({ token }) => ({ token, overlap: '24' }),
    // One that reads the audit log is replaced by those alone who may read it.
    answers: ['ok', 'conflict', 'forbidden'],
  },
  revokeTokenAction: { may: 'manageTokens', fields: ({ token }) => ({ token }) },
  invitePersonAction: { ...people, fields: () => ({ ...anInvite, role: 'auditor' }) },
  revokeInvitationAction: {
    ...people,
    fields: ({ invitation }) => ({ invitation }),
    answers: ['ok', 'conflict'],
  },
  giveRoleAction: { ...people, fields: (things) => ({ ...ofPerson(things), role: 'lead@search' }) },
  takeRoleAction: { ...people, fields: (things) => ({ ...ofPerson(things), role: 'lead@search' }) },
  setBreakGlassAction: {
    may: 'enforceSso',
    fresh: true,
    fields: (things) => ({ ...ofPerson(things), to: 'on' }),
    // They are no owner.
    answers: ['conflict'],
  },
  endSessionsAction: { ...people, fields: (things) => ({ ...ofPerson(things), session: things.session }) },
  removePersonAction: { ...people, fields: ofPerson },
  restorePersonAction: { ...people, fields: ofPerson },
  verifyAuditAction: { may: 'readAudit', fields: () => ({}) },
  acknowledgeAuditAlarmAction: {
    may: 'acknowledgeAuditAlarm',
    fields: () => ({ reason: 'Restored a backup.' }),
    // There is none.
    answers: ['conflict'],
  },
  setAuditWebhookAction: { may: 'keepAudit', fields: () => ({ url: '' }) },
  setAuditRetentionAction: { may: 'keepAudit', fields: (_, again) => ({ days: String(400 + again) }) },
  removeSampleAction: { may: 'removeSample', fields: () => ({ name: 'Mine' }), answers: ['conflict'] },
  addConnectionAction: { ...setup, fields: oidcForm, answers: ['invalid'] },
  changeConnectionAction: { ...setup, fields: oidcForm, answers: ['invalid'] },
  addSamlConnectionAction: { ...setup, fields: samlForm, answers: ['invalid'] },
  changeSamlConnectionAction: { ...setup, fields: samlForm, answers: ['not_found'] },
  connectAction: { may: 'read', isAnywhere: true, fresh: true, fields: ofConnection, answers: ['conflict'] },
  rereadMetadataAction: { may: 'manageSignIn', fields: ofConnection, answers: ['not_found'] },
  addNextCertificateAction: { ...setup, fields: ofConnection, answers: ['not_found'] },
  takeNextCertificateAction: { ...setup, fields: ofConnection, answers: ['not_found'] },
  tryConnectionAction: { ...setup, fields: ofConnection, answers: ['unauthenticated'] },
  switchConnectionAction: {
    ...setup,
    fields: (things) => ({ ...ofConnection(things), to: 'on' }),
    answers: ['conflict'],
  },
  claimDomainAction: { ...setup, fields: () => ({ domain: 'more.example' }) },
  verifyDomainAction: { may: 'manageSignIn', fields: ofDomain },
  routeDomainAction: { ...setup, fields: (things) => ({ ...ofDomain(things), ...ofConnection(things) }) },
  dropDomainAction: { ...setup, fields: ofDomain },
  mapGroupAction: {
    ...setup,
    fields: (things, again) => ({ ...ofConnection(things), group: `Group ${again}`, role: 'member' }),
  },
  unmapGroupAction: { ...setup, fields: ({ mapping }) => ({ mapping }), answers: ['ok', 'not_found'] },
  createDirectoryTokenAction: { ...setup, fields: ofConnection },
  enforceSsoAction: { may: 'enforceSso', fresh: true, fields: () => ({ to: 'off' }) },
  removeConnectionAction: { ...setup, fields: ofConnection, answers: ['ok', 'not_found'] },
  signInAction: {
    for: 'anybody',
    fields: () => ({ link: 'unknown' }),
    answers: ['unauthenticated', 'limited'],
  },
  acceptInvitationAction: {
    for: 'anybody',
    fields: () => ({ invitation: 'unknown' }),
    answers: ['unauthenticated', 'limited'],
  },
  signInByEmailAction: {
    for: 'anybody',
    fields: () => ({ email: 'ina@acme-inc.example' }),
    answers: ['invalid', 'limited'],
  },
  proveAgainAction: {
    for: 'anybody',
    fields: () => ({ back: '/' }),
    answers: ['/login', 'conflict', 'limited'],
  },
  signOutAction: { for: 'anybody', fields: () => ({}), answers: ['/login'] },
};
