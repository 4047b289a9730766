import { expect, it } from 'vitest';
import { onShutdown, stopRegistered } from './shutdown';

it('ends what was registered, the last first, a name once, whatever the others do', async () => {
  const ended: string[] = [];
  const warnings: string[] = [];
  onShutdown('pool', () => void ended.push('old pool'));
  onShutdown('broken', () => Promise.reject(new Error('no')));
  onShutdown('projector', async () => void ended.push('projector'));
  onShutdown('pool', () => void ended.push('pool'));
  await stopRegistered((line) => warnings.push(line));
  expect(ended).toEqual(['pool', 'projector']);
  expect(warnings).toEqual(['broken did not stop cleanly: no']);
  await stopRegistered((line) => warnings.push(line));
  expect(ended).toHaveLength(2);
});
