import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import type { Pool } from 'pg';
import { openPool } from '@/lib/platform/pool';
import { projectRoot } from '@/lib/platform/root';

const internalChar = 18;
const text = 25;

/**
 * The adapter knows no name for PostgreSQL's internal type "char", which the engine asks for when it looks at constraints:
 * it reads it as text, and the engine is told below that the one such column holds characters.
 */
function openReadablePool(databaseUrl: string): Pool {
  const pool = openPool({ connectionString: databaseUrl, max: 4 });
  const query = pool.query.bind(pool);
  const readable = async (...args: Parameters<typeof query>): Promise<unknown> => {
    const result: unknown = await query(...args);
    for (const field of (result as { fields?: { dataTypeID: number }[] }).fields ?? []) {
      if (field.dataTypeID === internalChar) field.dataTypeID = text;
    }
    return result;
  };
  return Object.assign(pool, { query: readable });
}

async function queryWithCharacters(adapter: SqlDriverAdapter, query: SqlQuery): Promise<SqlResultSet> {
  const result = await adapter.queryRaw(query);
  const isCharacter = (index: number): boolean => result.columnNames[index] === 'constraint_type';
  return {
    ...result,
    columnTypes: result.columnTypes.map((type, index) =>
      isCharacter(index) ? ColumnTypeEnum.Character : type,
    ),
  };
}

function withCharacters(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return new Proxy(adapter, {
    get(target, property) {
      if (property === 'queryRaw') return (query: SqlQuery) => queryWithCharacters(target, query);
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A panic inside the engine is told to this global, or hides behind a missing property. */
const panicRegistry = {
  set_message(message: string): never {
    throw new Error(`Prisma's engine panicked: ${message}`);
  },
};

/** By hand: importing the .wasm file as a module works, too, but prints Node's warning about an experimental feature. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const glue: object = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const { resolve } = createRequire(join(projectRoot(), 'package.json'));
  const file = resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    './schema_engine_bg.js': glue as WebAssembly.ModuleImports,
  });
  const bound = glue as { __wbg_set_wasm(exports: object): void; SchemaEngine: typeof SchemaEngine };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panicRegistry });
  bound.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return bound.SchemaEngine;
}

/** Once a process: the glue remembers the memory of the first instance, and reads a second one's words from it. */
let loading: Promise<typeof SchemaEngine> | undefined;

export type SchemaFile = { path: string; content: string };

/** Opens Prisma's migration engine on a database, does the work, and closes its connections. */
export async function withEngine<T>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const pool = openReadablePool(databaseUrl);
  const factory = new PrismaPg(pool);
  const opened: SqlDriverAdapter[] = [];
  const remember = async (adapter: Promise<SqlDriverAdapter>): Promise<SqlDriverAdapter> => {
    const readable = withCharacters(await adapter);
    opened.push(readable);
    return readable;
  };
  const wrapped: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => remember(factory.connect()),
    connectToShadowDb: () => Promise.reject(new Error('Gait uses no shadow database.')),
  };
  try {
    loading ??= loadEngine();
    const Engine = await loading;
    const engine = await Engine.new(
      { datamodels: undefined },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(wrapped),
    );
    return await work(engine).finally(() => engine.free());
  } finally {
    await Promise.all(opened.map((adapter) => adapter.dispose()));
    await pool.end();
  }
}
