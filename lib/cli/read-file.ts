import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { cannotRead } from '@/lib/importing/tables/cannot-read';
import { AppError, messageOf } from '@/lib/platform/errors';

/** The most that is read at once: beyond it JavaScript has no strings. */
const MAX_BYTES = 500 * 1024 * 1024;

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  const refuse = (why: string): never => {
    throw new AppError('invalid', `${file} ${why}.`);
  };
  if (bytes.length > MAX_BYTES) refuse(`is larger than ${MAX_BYTES / 1024 / 1024} MB`);
  if (!isUtf8(bytes) || bytes.includes(0)) refuse('is not UTF-8 text');
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return text.trim() === '' ? refuse('is empty') : text;
}

export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid', `${file} is not JSON: ${messageOf(error)}.`);
  }
}

/** The lines of a file that hold anything, each with its number, from 1. */
export async function readLines(file: string): Promise<{ line: number; text: string }[]> {
  const lines = (await readText(file)).split(/\r?\n/);
  return lines.map((text, index) => ({ line: index + 1, text })).filter(({ text }) => text.trim() !== '');
}
