const DEPTH = 3;

/** A JSON row as columns: what lies deeper gets names such as `user.login`, lists of texts or named things a line each. */
export function flatten(value: object): Map<string, string> {
  const cells = new Map<string, string>();
  const add = (prefix: string, from: object, depth: number): void => {
    for (const [key, inner] of Object.entries(from)) {
      const name = prefix + key;
      if (Array.isArray(inner)) cells.set(name, inner.map(textOf).join('\n'));
      else if (typeof inner === 'object' && inner !== null && depth < DEPTH)
        add(`${name}.`, inner, depth + 1);
      else cells.set(name, textOf(inner));
    }
  };
  add('', value, 1);
  return cells;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if ('name' in value && typeof value.name === 'string') return value.name;
  return JSON.stringify(value);
}
