import { messageOf } from '@/lib/platform/errors';

export type Closers = {
  add(close: () => Promise<void> | void): void;
  closeAll(): Promise<void>;
};

/** What was opened is closed in the opposite order, each once, and one that fails does not stop the others. */
export function createClosers(warn: (line: string) => void): Closers {
  const open: (() => Promise<void> | void)[] = [];
  return {
    add: (close) => void open.push(close),
    async closeAll() {
      for (let close = open.pop(); close !== undefined; close = open.pop()) {
        try {
          await close();
        } catch (error) {
          warn(`Stopping: ${messageOf(error)}`);
        }
      }
    },
  };
}
