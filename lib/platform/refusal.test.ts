import { expect, it } from 'vitest';
import { AppError, type ErrorCode } from './errors';
import { createLogger } from './logger';
import { noteRefusal } from './refusal';

function noted(code: ErrorCode): unknown {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  noteRefusal(new AppError(code, 'Only owners may.'), { requestId: 'id', actor: 'person:1' }, log);
  return lines.length === 0 ? null : JSON.parse(lines.join(''));
}

it('who is not let in, who may not, and who comes too often stands in the log', () => {
  for (const code of ['unauthenticated', 'fresh_sign_in_needed', 'forbidden', 'limited'] as const)
    expect(noted(code)).toMatchObject({
      msg: 'refused',
      code,
      reason: 'Only owners may.',
      requestId: 'id',
      actor: 'person:1',
      time: expect.stringMatching(/Z$/),
    });
});

it('what is refused every day is no matter of security', () => {
  for (const code of ['invalid', 'conflict', 'not_found', 'bad_request'] as const)
    expect(noted(code)).toBeNull();
});
