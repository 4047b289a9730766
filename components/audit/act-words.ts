/** What was done, as the middle of a sentence between who did it and what it was done to. */
const WORDS: Readonly<Record<string, string>> = {
  'agent.registered': 'registered',
  'audit.key_made': 'made the signing key',
  'audit.pruned': 'let old entries go from',
  'audit.retention_set': 'set how long entries are kept in',
  'audit.webhook_set': 'set where checkpoints are sent from',
  'connection.added': 'added',
  'connection.certificates_changed': 'changed the certificates of',
  'connection.changed': 'changed',
  'connection.metadata_changed': 'read changed metadata of',
  'connection.removed': 'removed',
  'connection.switched_off': 'switched off',
  'connection.switched_on': 'switched on',
  'connection.tried': 'tried',
  'directory.refused': 'was refused a change of',
  'directory_group.changed': 'changed',
  'directory_group.created': 'created',
  'directory_group.removed': 'removed',
  'directory_user.changed': 'changed',
  'directory_user.created': 'created',
  'directory_user.removed': 'removed',
  'domain.claimed': 'claimed',
  'domain.dropped': 'gave up',
  'domain.lost': 'no longer found the proof of',
  'domain.routed': 'set how people sign in from',
  'domain.verified': 'verified',
  'evidence.recorded': 'recorded by hand evidence about',
  'group.mapped': 'gave roles to a group of',
  'group.unmapped': 'took roles from a group of',
  'incident.linked': 'decided on a link of',
  'invitation.revoked': 'revoked',
  'lane.acceptance_voided': 'found that an acceptance stands no longer in',
  'lane.corrected': 'corrected the gear of',
  'lane.demoted': 'demoted',
  'organisation.created': 'created',
  'own_session.ended': 'signed out',
  'own_session.started': 'signed in',
  'person.invited': 'made',
  'person.joined': 'joined as',
  'person.linked': 'linked a sign-in to',
  'person.removed': 'removed',
  'person.restored': 'let back in',
  'person.roles_changed': 'changed the roles of',
  'recommendation.accepted': 'accepted the recommendation for',
  'recommendation.declined': 'declined the recommendation for',
  'repository.assigned': 'set the team of',
  'session.ended': 'ended a session of',
  'session.started': 'signed in as',
  'sign_in_link.created': 'made a sign-in link for',
  'sso.enforced': 'made single sign-on the only way into',
  'sso.no_longer_enforced': 'allowed other ways than single sign-on into',
  'task.classified': 'changed the kind of work of',
  'token.created': 'made',
  'token.replaced': 'replaced',
  'token.revoked': 'revoked',
};

/** An act that has no words yet is read as it is written: `member.role_changed` is "member role changed". */
export function wordsOf(act: string): string {
  return WORDS[act] ?? act.replaceAll(/[._]/g, ' ');
}

/** What a kind of target is called before its name. */
const KINDS: Readonly<Record<string, string>> = {
  agent: 'the agent',
  audit: 'the audit log',
  connection: 'the connection',
  directory_group: 'the group',
  directory_user: 'the directory’s user',
  domain: 'the domain',
  incident: 'the incident',
  invitation: 'the invitation of',
  key: '',
  lane: 'the lane',
  organisation: 'the organisation',
  person: '',
  task: 'the task',
  token: 'the token',
};

export function kindWord(kind: string): string {
  return KINDS[kind] ?? `the ${kind.replaceAll('_', ' ')}`;
}
