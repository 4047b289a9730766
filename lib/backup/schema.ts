import { z } from 'zod';

/** The form of the archive: a gzipped tar of `gait-backup.json`, `rows/TABLE/NUMBER` in the order of loading, and `end.json`. */
export const FORMAT = 1;
export const HEADER = 'gait-backup.json';
export const END = 'end.json';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** Says of a newer form only that it is one. */
export const formatSchema = z.object({ format: z.number().int().min(1) });

export const headerSchema = z.object({
  format: z.literal(FORMAT),
  /** The version of Gait that made it. */
  gait: z.string(),
  takenAt: z.iso.datetime(),
  organisations: z.number().int().min(0),
  /** The schema: the migrations that the database had, in their order. */
  migrations: z.array(z.string()),
  /** What AUTH_SECRET is known by, never the secret; null where no server has run yet. */
  secret: z.object({ salt: hex(16), hash: hex(32) }).nullable(),
  /** In the order in which they are loaded. */
  tables: z.array(z.object({ name, columns: z.array(name).min(1) })),
});
export type Header = z.infer<typeof headerSchema>;

export const endSchema = z.object({
  tables: z.array(
    z.object({ name, rows: z.number().int().min(0), bytes: z.number().int().min(0), sha256: hex(32) }),
  ),
});
/** What each table's part is, to be compared with what is read. */
export type End = z.infer<typeof endSchema>;
