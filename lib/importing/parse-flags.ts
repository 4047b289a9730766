import { AppError } from '@/lib/platform/errors';
import { type Columns, FIELDS, fieldsOf, nameKey, type TableKind } from './fields';

/** Columns named on the command line, by kind of table. */
export type SaidColumns = { [K in TableKind]?: Columns<K> };

const KINDS = Object.keys(FIELDS) as TableKind[];

/** Reads `--map title=Subject` and `--map reviews.verdict=Decision`. The column's name stays as it is, `=` included. */
export function parseColumnFlags(flags: readonly string[], categoryColumn?: string): SaidColumns {
  const all = categoryColumn === undefined ? flags : [...flags, `category=${categoryColumn}`];
  const said: { [K in TableKind]: Record<string, string> } = { pullRequests: {}, reviews: {}, timeline: {} };
  for (const flag of all) {
    const { kind, field, column } = parseFlag(flag);
    said[kind][field] = column;
  }
  return said;
}

function parseFlag(flag: string): { kind: TableKind; field: string; column: string } {
  const [, table = 'pullRequests', name = '', column = ''] =
    /^(?:([\w-]+)\.)?([\w-]+)=(.+)$/s.exec(flag) ?? [];
  if (name === '')
    throw new AppError(
      'invalid',
      `--map ${flag} is not of the form FIELD=COLUMN, such as --map title=Subject.`,
    );
  const kind = KINDS.find((known) => nameKey(known) === nameKey(table));
  if (!kind)
    throw new AppError('invalid', `--map ${flag}: there are no ${table}; there are ${KINDS.join(', ')}.`);
  const field = fieldsOf(kind).find((known) => nameKey(known) === nameKey(name));
  if (field) return { kind, field, column };
  throw new AppError(
    'invalid',
    `--map ${flag}: ${kind} have no field ${name}. Their fields are ${fieldsOf(kind).join(', ')}.`,
  );
}
