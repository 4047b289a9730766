type Release = { model: string; version: string };

export type SampleAgent = {
  key: string;
  name: string;
  vendor: string | null;
  /** Oldest first; each took over from the one before at the same distance in time. */
  releases: readonly Release[];
  /** Who answers for it, and what for; null = a shadow agent, which nobody ever registered. */
  sponsor: string | null;
  scope: string | null;
  /** Days before the end of the sample on which it was first let in. */
  since: number;
};

/** Seen in Growth one day, and no one can say who brought it in. */
export const SHADOW_AGENT: SampleAgent = {
  key: 'patchbot',
  name: 'patchbot',
  vendor: null,
  releases: [{ model: 'unknown', version: '0.3' }],
  sponsor: null,
  scope: null,
  since: 92,
};

export const SAMPLE_AGENTS: readonly SampleAgent[] = [
  {
    key: 'claude-code',
    name: 'Claude Code',
    vendor: 'Anthropic',
    releases: [
      { model: 'claude-sonnet-4', version: '1.0' },
      { model: 'claude-opus-4-1', version: '1.0' },
      { model: 'claude-opus-4-5', version: '2.0' },
    ],
    sponsor: 'Miriam Falk',
    scope: 'Opens pull requests in every repository of Northwind; may not merge.',
    since: 545,
  },
  {
    key: 'cursor',
    name: 'Cursor',
    vendor: 'Anysphere',
    releases: [
      { model: 'composer', version: '1.7' },
      { model: 'composer-1', version: '2.0' },
    ],
    sponsor: 'Henrik Dahl',
    scope: 'Opens pull requests in Search, Checkout, Mobile and Growth; may not merge.',
    since: 545,
  },
  {
    key: 'copilot',
    name: 'Copilot',
    vendor: 'GitHub',
    releases: [
      { model: 'gpt-4.1', version: '1' },
      { model: 'gpt-5', version: '2' },
    ],
    sponsor: 'Noor Rahman',
    scope: 'Opens pull requests in Identity and Mobile; may not merge.',
    since: 545,
  },
  {
    key: 'codex',
    name: 'Codex',
    vendor: 'OpenAI',
    releases: [
      { model: 'codex-1', version: '0.9' },
      { model: 'gpt-5-codex', version: '1.2' },
    ],
    sponsor: 'Elif Aydin',
    scope: 'Opens pull requests where a team has asked for it; may not merge.',
    since: 410,
  },
];

/** The agent's model and version at the time. */
export function releaseAt({ releases, since }: SampleAgent, daysBefore: number): Release {
  const share = Math.max(0, Math.min(0.999, 1 - daysBefore / since));
  const release = releases[Math.floor(share * releases.length)] ?? releases.at(-1);
  return release ?? { model: 'unknown', version: '0' };
}
