import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;
type SizeIssue = z.core.$ZodRawIssue<z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall>;

/** What a value of the wrong type should have been, by the schema library's name for it. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  url: 'a web address',
  uuid: 'an id',
  date: 'a date such as 2026-11-16',
  datetime: 'an RFC 3339 time such as 2026-11-22T09:30:00Z',
};

/** What is counted, by the schema library's name for its origin; a number is not counted. */
const COUNTED: Readonly<Record<string, string>> = { string: 'characters', array: 'entries', set: 'entries' };

const oneOf = (values: readonly unknown[]) =>
  values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`;

function sizeProblem(issue: SizeIssue): string {
  const [limit, word] =
    issue.code === 'too_big' ? [issue.maximum, 'most' as const] : [issue.minimum, 'least' as const];
  const number = Number(limit).toLocaleString('en');
  const counted = COUNTED[issue.origin];
  if (counted && number === '1' && word === 'least') return 'must not be empty';
  if (counted) return `must have ${issue.exact ? 'exactly' : `at ${word}`} ${number} ${counted}`;
  if (issue.inclusive) return `must be at ${word} ${number}`;
  return `must be ${issue.code === 'too_big' ? 'less' : 'more'} than ${number}`;
}

function discriminatorProblem(input: unknown, name: string, options: readonly unknown[]): string {
  const isObject = typeof input === 'object' && input !== null;
  return isObject && Object.hasOwn(input, name) ? oneOf(options) : 'is required';
}

/**
 * What is wrong with a value and what is allowed, as the rest of a sentence that begins with the value's name: handed to each parse
 * whose issues people read. A schema's own messages come before these.
 */
export function plainIssue(issue: Issue): string {
  if (issue.input === undefined) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'of another form'}`;
    case 'too_big':
    case 'too_small':
      return sizeProblem(issue);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `must not hold ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return issue.discriminator
        ? discriminatorProblem(
            issue.input,
            issue.discriminator,
            Array.isArray(issue.options) ? issue.options : [],
          )
        : 'has none of the forms that are allowed here';
    case 'invalid_key':
      return 'has a name that is not allowed here';
    default:
      return 'is not allowed';
  }
}
