import type { Client } from 'pg';
import { type MachineClock, machineClock } from '@/lib/platform/clock';
import { setDatabaseClock } from './database-clock';

/** A machine, and a database, whose clocks can be set ahead of the real time; and time that only passes. All in ms. */
export type TestMachine = {
  setClock(aheadMs: number): void;
  setDatabase(aheadMs: number): Promise<void>;
  setBoth(aheadMs: number): Promise<void>;
  /** So much time passes for both, also by what nobody can set. */
  pass(ms: number): Promise<void>;
  /** The clock of a process that starts now, on this machine or on one that is ahead of it. */
  startProcess(aheadMs?: number): MachineClock;
};

/** Call it before the app has a connection to the database. */
export async function aTestMachine(owner: Client): Promise<TestMachine> {
  const ahead = { clock: 0, database: 0, passed: 0 };
  const tell = () => setDatabaseClock(owner, ahead.database + ahead.passed);
  await tell();
  const machine: TestMachine = {
    setClock: (ms) => {
      ahead.clock = ms;
    },
    setDatabase: (ms) => {
      ahead.database = ms;
      return tell();
    },
    setBoth: (ms) => {
      machine.setClock(ms);
      return machine.setDatabase(ms);
    },
    pass: (ms) => {
      ahead.passed += ms;
      return tell();
    },
    startProcess: (aheadMs = 0) =>
      machineClock({
        wall: () => Date.now() + ahead.clock + ahead.passed + aheadMs,
        steady: () => performance.now() + ahead.passed,
        elapsed: () => performance.now() + ahead.passed,
      }),
  };
  return machine;
}
