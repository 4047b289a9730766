import type { Migration } from '@/lib/platform/migrate/history';

/** A statement that may take from the last release what it needs. */
export type Contraction = { migration: string; table: string; statement: string };

const NAME = String.raw`(?:ONLY )?([\w.]+)`;
const TABLE_OF = new RegExp(
  `^(?:ALTER TABLE(?: IF EXISTS)?|DROP TABLE(?: IF EXISTS)?|TRUNCATE(?: TABLE)?|DELETE FROM) ${NAME}|\\bON(?: TABLE)? ${NAME}`,
  'i',
);
const CREATES = new RegExp(`^CREATE TABLE(?: IF NOT EXISTS)? ${NAME}`, 'i');

const NARROWS: readonly RegExp[] = [
  /\bDROP (?!NOT NULL\b)/i,
  /\bRENAME\b/i,
  /\bSET NOT NULL\b/i,
  /\bALTER (?:COLUMN )?\w+ (?:SET DATA )?TYPE\b/i,
  /\bADD (?:CONSTRAINT|PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|EXCLUDE)\b/i,
  /\bAS RESTRICTIVE\b/i,
  /^(?:CREATE UNIQUE INDEX|CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER|REVOKE|TRUNCATE|DELETE)\b/i,
];
const ADDS_COLUMN = /^(?:ALTER TABLE .*?)?\bADD (?:COLUMN )?(?!CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)/i;

/**
 * What in these migrations, the oldest first, is more than an expansion. Tables that they make themselves are theirs to change. Bodies
 * of functions are not looked into; those of DO blocks are.
 */
export function contractionsIn(migrations: readonly Migration[]): Contraction[] {
  const own = new Set<string>();
  return migrations.flatMap(({ name, script }) =>
    statementsOf(script).flatMap((statement) => {
      const [, made] = CREATES.exec(statement) ?? [];
      if (made) own.add(made);
      const table = tableOf(statement);
      return own.has(table) || !narrows(statement) ? [] : [{ migration: name, table, statement }];
    }),
  );
}

function tableOf(statement: string): string {
  const [, first, second] = TABLE_OF.exec(statement) ?? [];
  return first ?? second ?? '';
}

function narrows(statement: string): boolean {
  return NARROWS.some((rule) => rule.test(statement)) || clausesOf(statement).some(addsWhatMustBeSaid);
}

/** A column that may not be empty, and that whoever does not know it leaves empty. */
function addsWhatMustBeSaid(clause: string): boolean {
  return (
    ADDS_COLUMN.test(clause) && /\bNOT NULL\b/i.test(clause) && !/\b(?:DEFAULT|GENERATED)\b/i.test(clause)
  );
}

const clausesOf = (statement: string): string[] =>
  statement.split(/,(?![^(]*\))/).map((clause) => clause.trim());

function statementsOf(script: string): string[] {
  return script
    .replace(/--.*$/gm, ' ')
    .replace(/\/\*.*?\*\//gs, ' ')
    .replace(/\bDO\s+\$(\w*)\$(.*?)\$\1\$/gis, ' $2 ')
    .replace(/\$(\w*)\$.*?\$\1\$/gs, ' ')
    .replaceAll('"', '')
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}
