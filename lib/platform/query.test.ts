import { expect, it } from 'vitest';
import { auditQuerySchema } from '@/lib/audit/schema';
import { readQuery } from './query';

const read = (query: string) => readQuery(new Request(`http://gait/api/v1/audit?${query}`), auditQuerySchema);

it.each([
  ['team=web', 'The query must not hold team.'],
  ['limit=none', 'The parameter limit must be a number.'],
  ['from=0000-01-01', 'The parameter from must be a date such as 2026-11-16.'],
  ['who=%00', 'The parameter who holds a NUL character.'],
  ['who=ana&who=ben', 'The parameter who may be given only once.'],
  ['who=ana&act=&who=', 'The parameter who may be given only once.'],
])('refuses %s as a bad request, and names the parameter', (query, message) => {
  expect(() => read(query)).toThrow(expect.objectContaining({ code: 'bad_request', message }));
});

it('reads what is given once', () => {
  expect(read('who=ana&limit=5')).toEqual({ who: 'ana', limit: 5, after: 0, format: 'ndjson' });
});
