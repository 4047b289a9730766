import { describe, expect, it } from 'vitest';
import type { CheckedEvent } from './events';
import { sendOverHttp } from './send-http';

const event = (id: string, filling = ''): CheckedEvent =>
  ({ envelope: { id, filling } }) as unknown as CheckedEvent;

/** A server that gives these answers one after another, and keeps what it was asked and how long was waited. */
function server(answers: readonly (Response | Error)[]) {
  const bodies: string[] = [];
  const waits: number[] = [];
  const said: string[] = [];
  const left = [...answers];
  const send = sendOverHttp({
    url: 'http://gait.test',
    token: 'gait_x',
    fetch: async (_, init) => {
      bodies.push(String(init?.body));
      const answer = left.shift() ?? Response.json({ accepted: 1, duplicates: 0, items: [] });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    wait: async (ms) => waits.push(ms),
    say: (line) => void said.push(line),
  });
  return { send, bodies, waits, said };
}

describe('sendOverHttp', () => {
  it('sends a line an event and reads what became of each', async () => {
    const items = [
      { index: 0, id: 'a', status: 'accepted' },
      {
        index: 1,
        id: 'b',
        status: 'rejected',
        errors: [{ pointer: '/time', message: 'lies in the future' }],
      },
    ];
    const { send, bodies } = server([
      Response.json({ accepted: 1, duplicates: 0, differing: 0, rejected: 1, items }),
    ]);
    const delivery = await send([event('a'), event('b')]);
    expect(bodies[0]?.split('\n')).toHaveLength(2);
    expect(delivery).toEqual({
      accepted: 1,
      duplicates: 0,
      differing: 0,
      rejected: new Map([[1, '/time lies in the future']]),
    });
  });

  it('counts as differing only what was there already: what is new may bear a note, too', async () => {
    const items = [
      { index: 0, id: 'a', status: 'accepted', note: 'No requester is named.' },
      {
        index: 1,
        id: 'b',
        status: 'rejected',
        code: 'conflict',
        errors: [{ pointer: '/id', message: 'is taken' }],
      },
      { index: 2, id: 'c', status: 'duplicate' },
    ];
    const { send } = server([Response.json({ accepted: 1, duplicates: 1, rejected: 1, items })]);
    expect(await send([event('a'), event('b'), event('c')])).toEqual({
      accepted: 1,
      duplicates: 2,
      differing: 1,
      rejected: new Map(),
    });
  });

  it('reads the reasons when every event was refused', async () => {
    const items = [
      { index: 0, id: 'a', status: 'rejected', errors: [{ pointer: '/id', message: 'is bad' }] },
    ];
    const { send } = server([Response.json({ code: 'invalid', items }, { status: 422 })]);
    expect((await send([event('a')])).rejected).toEqual(new Map([[0, '/id is bad']]));
  });

  it('waits as long as it is told, or ever longer, and tries again', async () => {
    const busy = new Response('', { status: 503, headers: { 'retry-after': '2' } });
    const { send, waits } = server([busy, new Error('ECONNREFUSED'), new Response('', { status: 429 })]);
    expect((await send([event('a')])).accepted).toBe(1);
    expect(waits).toEqual([2_000, 1_000, 2_000]);
  });

  it('gives up on a server that stays away, and says meanwhile why it takes so long', async () => {
    const { send, said } = server(Array.from({ length: 20 }, () => new Error('ECONNREFUSED')));
    await expect(send([event('a')])).rejects.toThrow('cannot be reached (ECONNREFUSED), after 8 attempts');
    expect(said).toEqual([
      'http://gait.test cannot be reached (ECONNREFUSED). Trying again for about a minute.',
    ]);
  });

  it('says so again only when the server was there meanwhile', async () => {
    const away = new Error('ECONNRESET');
    const there = () => Response.json({ accepted: 1, duplicates: 0, items: [] });
    const { send, said } = server([away, away, there(), there(), away, there()]);
    for (const id of ['a', 'b', 'c']) await send([event(id)]);
    expect(said).toHaveLength(2);
  });

  it.each([
    ['a port that is never asked', { message: 'bad port' }, 'bad port'],
    ['a server that speaks no TLS', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ['a certificate nobody vouches for', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'SELF_SIGNED'],
    ['a certificate that is no more', { code: 'CERT_HAS_EXPIRED' }, 'CERT_HAS_EXPIRED'],
  ])('does not wait for %s to change', async (_, cause, word) => {
    const failure = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), cause) });
    const { send, waits } = server([failure]);
    await expect(send([event('a')])).rejects.toThrow(word);
    await expect(server([failure]).send([event('a')])).rejects.toThrow('. Check GAIT_URL.');
    expect(waits).toEqual([]);
  });

  it('does not wait once it is told to stop', async () => {
    const stop = new AbortController();
    const failure = new TypeError('fetch failed', {
      cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }),
    });
    const send = sendOverHttp({
      url: 'http://gait.test',
      token: 'gait_x',
      say: () => stop.abort(),
      stop: stop.signal,
      fetch: () => Promise.reject(failure),
    });
    const began = performance.now();
    await expect(send([event('a')])).rejects.toThrow('cannot be reached (ECONNREFUSED).');
    expect(performance.now() - began).toBeLessThan(400);
  });

  it('waits for what passes', async () => {
    const codes = ['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT'];
    const failures = codes.map(
      (code) => new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }),
    );
    const { send } = server([...failures, new DOMException('late', 'TimeoutError')]);
    expect((await send([event('a')])).accepted).toBe(1);
  });

  it('does not repeat the page that another server answers with', async () => {
    const { send } = server([new Response('<!DOCTYPE html><p>Welcome', { status: 200 })]);
    await expect(send([event('a')])).rejects.toThrow(
      /^http:\/\/gait\.test answered 200, and not as Gait does\. Check GAIT_URL\.$/,
    );
    const { send: toProxy } = server([new Response('upstream\n  is away', { status: 500 })]);
    await expect(toProxy([event('a')])).rejects.toThrow('as Gait does: upstream is away. Check GAIT_URL.');
  });

  it.each([
    [401, 'does not know this GAIT_TOKEN'],
    [403, 'lacks the scope'],
    [404, 'answered 404'],
  ])('says what %d means', async (status, sentence) => {
    const { send } = server([Response.json({ code: 'x' }, { status })]);
    await expect(send([event('a')])).rejects.toThrow(sentence);
  });

  it('halves what is too large, and counts on', async () => {
    const half = (items: object[]) => Response.json({ accepted: 1, duplicates: 0, items });
    const rejected = [{ index: 0, id: 'b', status: 'rejected' }];
    const { send, bodies } = server([new Response('', { status: 413 }), half([]), half(rejected)]);
    const delivery = await send([event('a'), event('b')]);
    expect(delivery).toMatchObject({ accepted: 2, rejected: new Map([[1, 'the server refused it']]) });
    expect(bodies).toHaveLength(3);
  });

  it('never sends more than the server reads at once', async () => {
    const { send, bodies } = server([]);
    await send(Array.from({ length: 8 }, (_, index) => event(String(index), 'x'.repeat(1_000_000))));
    expect(bodies.every((body) => body.length < 8 * 1024 * 1024)).toBe(true);
    expect(bodies).toHaveLength(2);
  });
});
