/** The words in titles, labels and imported types that name a category of DEFAULT_CATEGORIES. */

/** Types of conventional commits, and the usual spellings of them, by category key. */
const CATEGORY_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ['feat', 'feature'],
  ['feature', 'feature'],
  ['fix', 'bugfix'],
  ['bugfix', 'bugfix'],
  ['hotfix', 'bugfix'],
  ['bug', 'bugfix'],
  ['test', 'tests'],
  ['tests', 'tests'],
  ['refactor', 'refactor'],
  ['style', 'refactor'],
  ['doc', 'docs'],
  ['docs', 'docs'],
  ['chore', 'chore'],
  ['build', 'chore'],
  ['ci', 'chore'],
  ['perf', 'performance'],
  ['performance', 'performance'],
  ['deps', 'dependencies'],
  ['migration', 'migration'],
  ['security', 'security'],
]);

/** Words on labels beyond the types above, by category key. */
const CATEGORY_OF_LABEL: ReadonlyMap<string, string> = new Map([
  ['documentation', 'docs'],
  ['testing', 'tests'],
  ['refactoring', 'refactor'],
  ['dependency', 'dependencies'],
  ['dependencies', 'dependencies'],
  ['enhancement', 'feature'],
  ['new feature', 'feature'],
  ['maintenance', 'chore'],
  ['migrations', 'migration'],
  ['vulnerability', 'security'],
]);

/** The category that a conventional-commit type names, or undefined. Without regard to case. */
export function categoryOfType(type: string): string | undefined {
  return CATEGORY_OF_TYPE.get(type.trim().toLowerCase());
}

/** The category that a label names, or undefined. `bug`, `type: bug` and `kind/bug` say the same. */
export function categoryOfLabel(label: string): string | undefined {
  const word = (label.split(/[/:]/).at(-1) ?? '').trim().toLowerCase();
  return CATEGORY_OF_LABEL.get(word) ?? CATEGORY_OF_TYPE.get(word);
}

/** The parts of a title such as `fix(parser)!: keep tabs`, in lower case; null when it has no type. */
export function readTitle(title: string): { type: string; scope: string } | null {
  const match = /^\s*(?:\[[^\]]{1,60}\]\s*)?([a-z]{2,20})\s?(?:\(([^()]{0,100})\))?!?:/i.exec(title);
  return match?.[1] ? { type: match[1].toLowerCase(), scope: (match[2] ?? '').toLowerCase() } : null;
}

/** Whether the title says that only dependencies move: `chore(deps): …`, or what dependency bots write. */
export function isDependencyTitle(title: string): boolean {
  const { type, scope } = readTitle(title) ?? { type: '', scope: '' };
  if (/^deps\b/.test(scope) || type === 'deps') return true;
  const text = title.trim().toLowerCase();
  return (
    (text.startsWith('bump ') && (/ from \S+ to \S+/.test(text) || text.includes(' group'))) ||
    /^(update|pin|lock|roll back) (all (non-major )?)?(dependency|dependencies|devdependencies)\b/.test(
      text,
    ) ||
    text.startsWith('lock file maintenance')
  );
}
