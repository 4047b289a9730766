import { Pool, type PoolConfig } from 'pg';

/**
 * A pool whose connections may die at any time. One that dies in use fails its query, and one that dies idle is replaced at
 * the next use; without a listener of its own, also while the pool closes, either would end the process.
 */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool(config);
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
