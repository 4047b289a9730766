/** What was done, as the middle of a sentence between who did it and what it was done to. */
const WORDS: Readonly<Record<string, string>> = {
  'agent.registered': 'registered',
  'audit.key_made': 'made the signing key',
  'audit.pruned': 'let old entries go from the',
  'audit.retention_set': 'set how long entries are kept in the',
  'audit.webhook_set': 'set where checkpoints are sent from the',
  'evidence.recorded': 'recorded by hand, of',
  'lane.acceptance_voided': 'found that an acceptance stands no longer in',
  'lane.corrected': 'corrected the gear of',
  'lane.demoted': 'demoted',
  'organisation.created': 'created',
  'recommendation.accepted': 'accepted the recommendation for',
  'recommendation.declined': 'declined the recommendation for',
  'session.ended': 'signed out',
  'session.started': 'signed in',
  'task.classified': 'changed the kind of work of',
  'token.created': 'made',
  'token.replaced': 'replaced',
  'token.revoked': 'revoked',
};

/** An act that has no words yet is read as it is written: `member.role_changed` is "member role changed". */
export function wordsOf(act: string): string {
  return WORDS[act] ?? act.replaceAll(/[._]/g, ' ');
}
