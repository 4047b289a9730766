import { z } from 'zod';
import { hasUnseen } from './unseen';

/** One line that somebody types, at most so many characters long, without the space around it. */
export const textLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max.toLocaleString('en')} characters.`);

/** Some sign that is seen: spaces, joiners and marks alone are no name. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A name that somebody gives, and that others read and trust. @param missing what is said where there is none */
export const nameLine = (max: number, missing: string) =>
  textLine(max)
    .refine((name) => VISIBLE.test(name), missing)
    .refine((name) => !hasUnseen(name), 'A name holds no line breaks and no control characters.');
