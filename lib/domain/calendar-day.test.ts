import { expect, it } from 'vitest';
import { calendarDay } from './calendar-day';

const isDay = (text: string) => calendarDay('no').safeParse(text).success;

it.each(['0001-01-01', '2024-02-29', '9999-12-31'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

it.each(['0000-01-03', '2026-02-30', '2026-1-1', '+12026-01-01', ''])('"%s" is none', (text) => {
  expect(isDay(text)).toBe(false);
});
