import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { drawPng } from './draw';

const svg = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" font-family="Geist"><text y="20">${text}</text></svg>`;

/** The process that renders for this one. */
const renderers = (): number[] => {
  const found = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return found
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, ...args]) => parent === String(process.pid) && args.join(' ').includes('paper/worker.mjs'),
    )
    .map(([pid]) => Number(pid));
};

it('renders in one process, and where that dies, loses only what it had in hand', async () => {
  const first = await drawPng(svg('first'), 200);
  expect(first.readUInt32BE(16)).toBe(200);
  const [pid = 0, ...others] = renderers();
  expect(others).toEqual([]);
  process.kill(pid, 'SIGSTOP');
  const [inHand, behind] = [drawPng(svg('in hand'), 200), drawPng(svg('behind'), 200)];
  process.kill(pid, 'SIGKILL');
  await expect(inHand).rejects.toThrow('The report could not be drawn: the renderer ended (SIGKILL)');
  expect((await behind).subarray(1, 4).toString()).toBe('PNG');
  expect(renderers()).not.toContain(pid);
});

it('says what is wrong with what it cannot draw, and goes on', async () => {
  await expect(drawPng('no picture', 200)).rejects.toThrow(/^The report could not be drawn: .*SVG/);
  expect((await drawPng(svg('x'), 200)).byteLength).toBeGreaterThan(100);
});

it('letters of scripts that are read from right to left, and pictures, are drawn, not boxes in their place', async () => {
  // Linear A: in no font that comes with a system.
  const boxes = (count: number) => drawPng(svg('\u{10600}'.repeat(count)), 200);
  for (const text of ['فريق', 'צוות', '🚀', 'Команда'])
    expect((await drawPng(svg(text), 200)).equals(await boxes([...text].length)), text).toBe(false);
});
