import { expect, it } from 'vitest';
import { aTestDatabase } from '@/lib/testing/database';
import { openPool } from './pool';

const database = aTestDatabase();

it('survives a connection that dies in use, idle, and while the pool closes', async () => {
  const pool = openPool({ connectionString: database.url });
  const client = await pool.connect();
  const died = new Error('terminating connection due to administrator command');
  expect(() => client.emit('error', died)).not.toThrow();
  client.release();
  const other = await pool.connect();
  other.release();
  const ended = pool.end();
  expect(() => other.emit('error', died)).not.toThrow();
  await ended;
});
