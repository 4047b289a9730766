import { beforeEach, expect, it } from 'vitest';
import { adoptEnv } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { arrivalOf, detour, readingLink, readReadingLink } from './reading-link';

const NOW = new Date('2026-11-16T08:00:00Z');
const DAY = 86_400_000;
const lena = newId();

beforeEach(() =>
  adoptEnv({
    AUTH_SECRET: 'a secret of the test that is long enough',
    GAIT_URL: 'https://gait.acme.example',
  }),
);

const sealedOf = (path: string) => new URL(readingLink(path, lena, NOW)).searchParams.get('to') ?? '';

it('leads to its page for sixty days', () => {
  const sealed = sealedOf('/acme/decisions/1');
  expect(readReadingLink(sealed, NOW)).toMatchObject({ path: '/acme/decisions/1', personId: lena });
  expect(readReadingLink(sealed, new Date(NOW.getTime() + 59 * DAY))).not.toBeNull();
  expect(readReadingLink(sealed, new Date(NOW.getTime() + 60 * DAY))).toBeNull();
});

it('whoever is to sign in first comes back to the page, whoever they are, for a quarter of an hour', () => {
  const path = '/acme/tasks?team=payments&zone=UTC';
  const sealed = new URL(detour(path, NOW), 'http://gait').searchParams.get('to') ?? '';
  const reading = readReadingLink(sealed, NOW);
  expect(reading && arrivalOf(reading, newId())).toBe(path);
  expect(readReadingLink(sealed, new Date(NOW.getTime() + 15 * 60_000))).toBeNull();
});

it('sign-in alone is where those go who asked for no page, or for an address that no cookie holds', () => {
  expect(detour(null, NOW)).toBe('/login');
  expect(detour(`/acme/tasks?search=${'x'.repeat(2_000)}`, NOW)).toBe('/login');
  expect(
    detour(`/acme/tasks?search=${'x'.repeat(1_400)}`, NOW).length,
    'with its name and attributes',
  ).toBeLessThan(3_800);
});

it('is none that another made, cut or changed, nor a seal of ours for something else', () => {
  const sealed = sealedOf('/acme/decisions/1');
  const others = [
    '',
    'unknown',
    sealed.slice(0, -4),
    `${sealed.slice(0, -6)}abcdef`,
    seal(JSON.stringify({ path: '/acme', personId: lena, until: 9e15 }), 'unsubscribe'),
  ];
  for (const other of others) expect(readReadingLink(other, NOW), other).toBeNull();
});

it.each(['//evil.example/x', '/\\evil.example', 'https://evil.example', 'acme'])(
  'leads nowhere outside of Gait: %s',
  (path) => {
    expect(readReadingLink(sealedOf(path), NOW)).toBeNull();
  },
);

it('tells a reader to whom it was not sent', () => {
  const reading = { path: '/acme/reports/2026-W47?team=a', personId: lena, until: 0 };
  expect(arrivalOf(reading, lena)).toBe('/acme/reports/2026-W47?team=a');
  expect(arrivalOf(reading, newId())).toBe('/acme/reports/2026-W47?team=a&sent=other');
});
