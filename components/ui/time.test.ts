import { expect, it } from 'vitest';
import { formatPast, formatRelative } from './time';

const now = Date.parse('2026-11-24T12:00:00Z');

it.each([
  [0, 'just now'],
  [9.4, 'just now'],
  [40, '40 seconds ago'],
  [59.6, '1 minute ago'],
  [3 * 60, '3 minutes ago'],
  [59.7 * 60, '1 hour ago'],
  [23.8 * 3600, 'yesterday'],
  [3 * 86_400, '3 days ago'],
  [20 * 86_400, '4 Nov'],
  [400 * 86_400, '20 Oct 2025'],
  [-40, 'in 40 seconds'],
  [-3 * 86_400, 'in 3 days'],
])('%d seconds before now is %s', (seconds, words) => {
  expect(formatRelative(new Date(now - seconds * 1000).toISOString(), now)).toBe(words);
});

it('what a source with a fast clock reports has happened just now', () => {
  expect(formatPast(new Date(now + 60_000).toISOString(), now)).toBe('just now');
});
