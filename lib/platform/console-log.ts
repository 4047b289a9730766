import { format, stripVTControlCharacters } from 'node:util';
import type { Logger } from './logger';
import { isUnreadForm } from './request-fate';

const LEVELS = { error: 'error', warn: 'warn', info: 'info', log: 'debug', debug: 'debug' } as const;

/**
 * Lets what the framework, libraries and Node itself write to the console go into the log: there a text of several lines, such as a
 * stack, is one line of JSON, and nobody can write lines of their own by what they send. That a form cannot be read is
 * no fault of Gait's, and no warning.
 */
export function adoptConsole(log: () => Logger): void {
  for (const [name, level] of Object.entries(LEVELS) as [
    keyof typeof LEVELS,
    (typeof LEVELS)[keyof typeof LEVELS],
  ][])
    console[name] = (...words: unknown[]) => {
      const err = words.find((word) => word instanceof Error);
      const said = words.filter((word) => word !== err);
      const text = stripVTControlCharacters(format(...said)).trim();
      log()[isUnreadForm() ? 'info' : level](
        err === undefined ? {} : { err },
        text === '' ? 'console' : text,
      );
    };
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log().warn({ err: warning }, 'a warning of Node'));
}
