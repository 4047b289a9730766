/** Which pull request a row speaks of. */
export type Identity = {
  /** The task's ref, such as `github:owner/repo#123`. */
  readonly ref: string;
  /** The row's own id, by which tables of reviews and timelines name it. */
  readonly id: string | undefined;
  readonly repository: string | undefined;
  readonly url: string | undefined;
};

type Said = {
  id: string | undefined;
  repository: string | undefined;
  number: number | undefined;
  url: string | undefined;
};

const DEFAULT_REF = 'github:{repository}#{number}';
const PLACEHOLDERS = /\{(repository|number|id)\}/g;

/** A repository as `owner/name`, also where the column holds its address. */
export function repositoryName(text: string): string {
  return text
    .replace(/^(https?:\/\/|git@)[^/:]+[/:]/i, '')
    .replace(/^repos\//, '')
    .replace(/(\.git)?\/*$/, '');
}

/** Repository and number out of an address such as `https://github.com/owner/repo/pull/5`. */
function fromAddress(url: string): { repository: string; number: number } | null {
  const match =
    /^https?:\/\/[^/]+\/(.+?)\/(?:-\/)?(?:pull|pulls|merge_requests|pull-requests)\/(\d{1,10})(?:[/?#]|$)/.exec(
      url,
    );
  return match?.[1] && match[2] ? { repository: match[1], number: Number(match[2]) } : null;
}

/** @returns the identity, or why there is none, as the end of a sentence about the row */
export function identify(
  said: Said,
  { source, ref }: { source: string; ref: string | undefined },
): Identity | string {
  const { id, url } = said;
  const address = url === undefined ? null : fromAddress(url);
  const repository = said.repository === undefined ? address?.repository : repositoryName(said.repository);
  const number = said.number ?? address?.number;
  if (repository !== undefined && number !== undefined) {
    if (id === undefined && ref?.includes('{id}')) return 'it has no id, and the ref is made of one';
    return { id, url, repository, ref: taskRef({ repository, number, id }, ref) };
  }
  if (id === undefined) return 'nothing in it says which pull request it is';
  return { id, url, repository, ref: `${source}#${id}` };
}

/** Fills the template: `{repository}`, `{number}` and `{id}`. */
export function taskRef(
  said: { repository: string; number: number; id?: string | undefined },
  template = DEFAULT_REF,
): string {
  const values: Readonly<Record<string, string>> = {
    repository: repositoryName(said.repository),
    number: String(said.number),
    id: said.id ?? '',
  };
  return template.replaceAll(PLACEHOLDERS, (_, name: string) => values[name] ?? '');
}

/** What is wrong with a template, as a sentence; null when it names each pull request by itself. */
export function refProblem(template: string): string | null {
  const unknown = template.replaceAll(PLACEHOLDERS, '').match(/\{[^{}]*\}?/)?.[0];
  if (unknown !== undefined)
    return `The ref ${template} names ${unknown}; known are {repository}, {number} and {id}.`;
  if (template.includes('{number}') || template.includes('{id}')) return null;
  return `The ref ${template} would be the same for every pull request of a repository. It needs {number} or {id}.`;
}

/** The keys under which rows of other tables find a pull request. */
export function joinKeys({ id, ref }: Pick<Identity, 'id' | 'ref'>): string[] {
  return id === undefined ? [`ref ${ref}`] : [`id ${id}`, `ref ${ref}`];
}
