/** What the rows of each kind of table may say, and the column names by which it is recognised, best first. */
export const FIELDS = {
  pullRequests: {
    id: ['id', 'pr_id', 'pull_request_id', 'pull_id', 'mr_id', 'node_id'],
    repository: [
      'repository',
      'repo',
      'full_name',
      'repo_full_name',
      'repository.full_name',
      'base.repo.full_name',
      'name_with_owner',
      'repository.name_with_owner',
      'repo_name',
      'repository_name',
      'project',
      'repo_url',
      'repository_url',
    ],
    number: ['number', 'pr_number', 'pull_number', 'pull_request_number', 'iid'],
    url: ['html_url', 'pr_url', 'url', 'web_url', 'link', 'permalink'],
    title: ['title', 'pr_title', 'subject', 'name'],
    author: [
      'requester',
      'author',
      'author.login',
      'user',
      'user.login',
      'login',
      'opened_by',
      'created_by',
      'creator',
    ],
    agent: ['agent', 'agent_key', 'bot', 'tool', 'ai_tool', 'coding_agent'],
    team: ['team', 'team_name', 'squad'],
    category: ['category', 'task_type', 'task_category', 'work_type', 'type', 'kind'],
    state: ['state', 'status', 'pr_state'],
    createdAt: ['created_at', 'created', 'opened_at', 'opened', 'created_on', 'creation_date', 'create_date'],
    closedAt: ['closed_at', 'closed', 'closed_on', 'closed_date'],
    mergedAt: ['merged_at', 'merged', 'merged_on', 'merge_date', 'merged_date'],
    closedBy: ['closed_by', 'closed_by.login', 'closer'],
    mergedBy: ['merged_by', 'merged_by.login', 'merger'],
    labels: ['labels', 'label', 'tags'],
    additions: ['additions', 'lines_added', 'added'],
    deletions: ['deletions', 'lines_deleted', 'lines_removed', 'deleted'],
    files: ['changed_files', 'files_changed', 'files', 'file_count'],
    headSha: ['head_sha', 'head.sha', 'head_ref_oid', 'head'],
  },
  reviews: {
    id: ['review_id', 'id', 'node_id'],
    pullRequest: ['pr_id', 'pull_request_id', 'pull_request', 'pull_id', 'pr', 'mr_id'],
    repository: [
      'repository',
      'repo',
      'full_name',
      'repo_full_name',
      'repo_name',
      'repository_name',
      'repo_url',
    ],
    number: ['number', 'pr_number', 'pull_number', 'pull_request_number', 'iid'],
    reviewer: [
      'reviewer',
      'reviewer.login',
      'user',
      'user.login',
      'author',
      'author.login',
      'login',
      'reviewed_by',
    ],
    verdict: ['verdict', 'state', 'review_state', 'decision', 'status', 'result'],
    submittedAt: ['submitted_at', 'submitted', 'reviewed_at', 'created_at', 'created', 'date'],
    headSha: ['commit_id', 'head_sha', 'commit_sha', 'commit', 'sha'],
    dismissedAt: ['dismissed_at'],
  },
  timeline: {
    pullRequest: ['pr_id', 'pull_request_id', 'pull_request', 'pull_id', 'pr', 'mr_id'],
    repository: [
      'repository',
      'repo',
      'full_name',
      'repo_full_name',
      'repo_name',
      'repository_name',
      'repo_url',
    ],
    number: ['number', 'pr_number', 'pull_number', 'pull_request_number', 'iid'],
    event: ['event', 'event_type', 'type', 'kind'],
    at: ['created_at', 'at', 'time', 'timestamp', 'date'],
    actor: ['actor', 'actor.login', 'user', 'user.login', 'login'],
    sha: ['commit_id', 'sha', 'commit_sha', 'commit'],
    label: ['label', 'label.name', 'label_name'],
  },
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>;

/** What a table holds: a row a pull request, a row a review, or a row an entry of the forge's timeline. */
export type TableKind = keyof typeof FIELDS;
export type FieldOf<K extends TableKind> = keyof (typeof FIELDS)[K] & string;

/** Which column holds a field. */
export type Columns<K extends TableKind> = Readonly<Partial<Record<FieldOf<K>, string>>>;

export function fieldsOf<K extends TableKind>(kind: K): FieldOf<K>[] {
  return Object.keys(FIELDS[kind]) as FieldOf<K>[];
}

/** Names as they are compared: `PR ID`, `pr_id` and `prId` are one. */
export function nameKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
