import { z } from 'zod';

/** The first day that databases know: they have no year 0. */
const FIRST_DAY = '0001-01-01';

/** A day such as 2026-11-16 that every part of Gait can reckon with. */
export const calendarDay = (message: string) =>
  z.iso.date(message).refine((day) => day >= FIRST_DAY, message);
