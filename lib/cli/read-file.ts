import { readFile } from 'node:fs/promises';
import { AppError, systemCode } from '@/lib/platform/errors';

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why =
      systemCode(error) === 'ENOENT' ? 'there is no such file' : `it cannot be read (${systemCode(error)})`;
    throw new AppError('bad_request', `${file}: ${why}.`, { cause: error });
  }
}

export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError(
      'bad_request',
      `${file} is not JSON: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

/** The lines of a file that hold anything, each with its number, from 1. */
export async function readLines(file: string): Promise<{ line: number; text: string }[]> {
  const lines = (await readText(file)).split(/\r?\n/);
  return lines.map((text, index) => ({ line: index + 1, text })).filter(({ text }) => text.trim() !== '');
}
