import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('a long step says in a log how long it has been going on, and at last how long it took', () => {
  // Ten seconds pass in ten milliseconds.
  const { stderr } = spawnSync(process.execPath, [
    '--input-type=module',
    '-e',
    `const real = setInterval;
    globalThis.setInterval = (work, ms) => real(work, ms / 1000);
    const { step } = await import('${fileURLToPath(new URL('say.mjs', import.meta.url))}');
    await step('Building', () => new Promise((resolve) => setTimeout(resolve, 200)));`,
  ]);
  const lines = stderr.toString().trimEnd().split('\n');
  expect(lines[0]).toBe('Building …');
  expect(lines.at(-1)).toMatch(/^Building: \d\.\d s$/);
  expect(lines.length).toBeGreaterThan(4);
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/^Building … \d\.\d s so far$/);
});
