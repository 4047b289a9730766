export type AgentRow = {
  key: string;
  name: string;
  vendor: string | null;
  model: string | null;
  version: string | null;
  /** Name of the human who answers for it; null for a shadow agent. */
  sponsor: string | null;
  scope: string | null;
  status: 'proposed' | 'active' | 'paused' | 'retired';
  /** null = a shadow agent: seen in evidence, never registered. */
  registeredAt: string | null;
  firstSeenAt: string | null;
  lastSeenAt: string | null;
  taskCount: number;
};

export type AgentList = {
  items: AgentRow[];
  /** Who may be named as a sponsor. */
  people: { id: string; name: string }[];
};
