import type { z } from 'zod';
import { AppError } from '@/lib/platform/errors';
import { damaged, type Part, readArchive } from './archive';
import { createRowsDigest, type RowsDigest } from './digest';
import { END, endSchema, FORMAT, formatSchema, HEADER, type Header, headerSchema } from './schema';

/** Does something with a table's rows, all of which it must read. */
export type TakeRows = (table: Header['tables'][number], rows: AsyncIterable<Buffer>) => Promise<void>;

/**
 * Reads a backup through, in its order, and compares it with what its end says of it.
 * @throws unavailable where it is none, is damaged or ends too early; also after rows were handed on
 */
export async function readBackup(
  file: string,
  takeRows: TakeRows = skip,
): Promise<{ header: Header; digests: Map<string, RowsDigest> }> {
  const parts = readArchive(file);
  const next = async (): Promise<Part | undefined> => {
    const { value, done } = await parts.next();
    return done ? undefined : value;
  };
  try {
    let part = await next();
    const header = headerOf(file, part);
    const digests = new Map<string, RowsDigest>();
    part = await next();
    for (const table of header.tables) {
      const digest = createRowsDigest();
      let number = 0;
      const rows = async function* (): AsyncGenerator<Buffer> {
        for (; part?.name === `rows/${table.name}/${number + 1}`; part = await next()) {
          number += 1;
          digest.take(part.body);
          yield part.body;
        }
      };
      await takeRows(table, rows());
      digests.set(table.name, digest.end());
    }
    compare(file, part, digests);
    if ((await next()) !== undefined) throw damaged(file, 'it goes on after its end');
    return { header, digests };
  } finally {
    await parts.return(undefined);
  }
}

/** What a backup says of itself at its beginning; the rest is not read. */
export async function readHeader(file: string): Promise<Header> {
  const parts = readArchive(file);
  try {
    const { value, done } = await parts.next();
    return headerOf(file, done ? undefined : value);
  } finally {
    await parts.return(undefined);
  }
}

const skip: TakeRows = async (_table, rows) => {
  for await (const _ of rows);
};

function parsed<S extends z.ZodType>(file: string, part: Part | undefined, schema: S): z.infer<S> {
  try {
    return schema.parse(JSON.parse(part?.body.toString('utf8') ?? ''));
  } catch (error) {
    throw damaged(file, `${part?.name ?? 'its beginning'} cannot be read`, error);
  }
}

function headerOf(file: string, part: Part | undefined): Header {
  if (part?.name !== HEADER) throw damaged(file, 'it does not begin as one');
  const { format } = parsed(file, part, formatSchema);
  if (format > FORMAT)
    throw new AppError(
      'unavailable',
      `${file} was written by a newer Gait, in a form that this one does not read. Update Gait, then restore.`,
    );
  return parsed(file, part, headerSchema);
}

function compare(file: string, part: Part | undefined, digests: ReadonlyMap<string, RowsDigest>): void {
  if (part?.name !== END) throw damaged(file, 'it ends too early, or holds what it should not');
  const { tables } = parsed(file, part, endSchema);
  const wrong = [...digests].find(([name, { rows, bytes, sha256 }]) => {
    const said = tables.find((table) => table.name === name);
    return said?.rows !== rows || said.bytes !== bytes || said.sha256 !== sha256;
  });
  if (wrong) throw damaged(file, `the rows of ${wrong[0]} are not those that were written`);
}
