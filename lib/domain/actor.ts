/** What an actor is: a person, a program that follows rules, or an agent that writes changes on its own. */
export type ActorKind = 'human' | 'bot' | 'agent';

/** Someone named in evidence. The kind is there only when the source declared it. */
export type Actor = { readonly login: string; readonly kind?: ActorKind | undefined };

/** An actor whose kind is settled. */
export type KnownActor = { readonly login: string; readonly kind: ActorKind };

/**
 * Logins of coding agents. Kept short on purpose: a person taken for a machine loses their reviews,
 * so names that people bear (devin, jules) are not in it without their suffix.
 */
const AGENT_LOGINS: ReadonlySet<string> = new Set([
  'amazon-q-developer',
  'chatgpt-codex-connector',
  'claude',
  'claude-code',
  'codex',
  'copilot',
  'copilot-pull-request-reviewer',
  'copilot-swe-agent',
  'cursor',
  'cursoragent',
  'devin-ai-integration',
  'google-labs-jules',
  'openai-codex',
  'openhands-agent',
  'sweep-ai',
]);

/** Logins of bots that do not end in `bot`. */
const BOT_LOGINS: ReadonlySet<string> = new Set([
  'codecov',
  'codecov-commenter',
  'coderabbitai',
  'dependabot',
  'dependabot-preview',
  'ellipsis-dev',
  'gemini-code-assist',
  'github-actions',
  'greptile-apps',
  'mergify',
  'pre-commit-ci',
  'renovate',
  'snyk-io',
  'sonarqubecloud',
  'sourcery-ai',
  'web-flow',
]);

/** A login as it is compared, and kept apart in maps: without case, surrounding blanks and a leading `@`. */
export function loginKey(login: string): string {
  return login.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
}

/** Whether two logins name the same actor. Forges treat logins without regard to case. */
export function isSameLogin(a: string, b: string): boolean {
  return loginKey(a) === loginKey(b);
}

/**
 * The kind that the source declared, where it can be true: forges give logins of the forms `app/…` and `…[bot]` to machines
 * alone, so none of them is a human.
 */
export function declaredKind({ login, kind }: Actor): ActorKind | undefined {
  return kind === 'human' && /^app\/|\[bot\]$/.test(loginKey(login)) ? undefined : kind;
}

/** What an actor is. A declared kind wins; otherwise the login tells; whoever is not known as a machine is a human. */
export function actorKind(actor: Actor): ActorKind {
  const declared = declaredKind(actor);
  if (declared) return declared;
  const login = loginKey(actor.login);
  const name = login.replace(/^app\//, '').replace(/\[bot\]$/, '');
  if (AGENT_LOGINS.has(name)) return 'agent';
  return name !== login || name.endsWith('-bot') || BOT_LOGINS.has(name) ? 'bot' : 'human';
}

/** Who stood behind a change, as far as the record says. */
export type ChangeMakers = {
  readonly requester: Actor | null;
  readonly authors: readonly Actor[];
  /** People the record names as requester besides the one that stands. */
  readonly otherRequesters?: readonly Actor[] | undefined;
};

/** Whether a review counts as independent, and why, in one sentence. */
export type Independence = { readonly independent: boolean; readonly reason: string };

/**
 * A review is independent when the reviewer is a human and neither the requester nor an author of the change.
 * In doubt it is not: everyone whom the record ever named as requester is barred.
 * @param said the kind that the source gave to the reviewer, where the reviewer's is settled by more than that
 */
export function independence(reviewer: Actor, makers: ChangeMakers, said = reviewer.kind): Independence {
  const { login } = reviewer;
  const isReviewer = (actor: Actor) => isSameLogin(actor.login, login);
  const kind = actorKind(reviewer);
  if (kind !== 'human') {
    const what = `${login} is ${kind === 'bot' ? 'a bot' : 'an agent'}`;
    const reason =
      said === 'human'
        ? `${what}, whatever the source says: no person can have such a login.`
        : `${what}, not a person.`;
    return { independent: false, reason };
  }
  if (makers.requester && isReviewer(makers.requester)) {
    return { independent: false, reason: `${login} asked for the change.` };
  }
  if (makers.otherRequesters?.some(isReviewer)) {
    return { independent: false, reason: `${login} was also named as the one who asked for the change.` };
  }
  if (makers.authors.some(isReviewer)) {
    return { independent: false, reason: `${login} wrote part of the change.` };
  }
  if (!makers.requester) {
    return {
      independent: true,
      reason: `${login} is a person who wrote none of the change; who asked for it was not reported.`,
    };
  }
  return {
    independent: true,
    reason: `${login} is a person who, until then, had neither asked for the change nor written any of it.`,
  };
}
