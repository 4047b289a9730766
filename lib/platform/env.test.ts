import { describe, expect, it } from 'vitest';
import { readEnv } from './env';

describe('readEnv', () => {
  it('fills in what is absent, and takes an empty value for absent', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: undefined })).toEqual({
      PORT: 3000,
      DATABASE_POOL_SIZE: 10,
      GAIT_PROXIES: 0,
      LOG_LEVEL: 'info',
    });
  });

  it('takes the slash off the end of the public address', () => {
    expect(readEnv({ GAIT_URL: 'https://gait.example.com/' }).GAIT_URL).toBe('https://gait.example.com');
  });

  it.each(['prefer', 'require', 'verify-ca'])(
    'says what the driver makes of sslmode=%s, before it warns',
    (mode) => {
      const DATABASE_URL = `postgresql://ana:p%40ss@db.example/gait?sslmode=${mode}&application_name=x`;
      expect(readEnv({ DATABASE_URL }).DATABASE_URL).toBe(
        'postgresql://ana:p%40ss@db.example/gait?sslmode=verify-full&application_name=x',
      );
    },
  );

  it.each(['sslmode=disable', 'sslmode=require&uselibpqcompat=true'])('leaves %s alone', (query) => {
    const DATABASE_URL = `postgresql://db.example/gait?${query}`;
    expect(readEnv({ DATABASE_URL }).DATABASE_URL).toBe(DATABASE_URL);
  });

  it('takes the white space off that a file or a copy left around a value', () => {
    expect(readEnv({ PORT: ' 80 ', GAIT_TOKEN: 'gait_x\n' })).toMatchObject({
      PORT: 80,
      GAIT_TOKEN: 'gait_x',
    });
  });

  it.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 1 to 65535.'],
    [{ PORT: '3000.5' }, 'PORT must be a whole number from 1 to 65535.'],
    [{ PORT: '1e3' }, 'PORT must be a whole number from 1 to 65535.'],
    [{ PORT: '0x50' }, 'PORT must be a whole number from 1 to 65535.'],
    [{ PORT: '-1' }, 'PORT must be at least 1.'],
    [{ PORT: '70000' }, 'PORT must be at most 65535.'],
    [
      { DATABASE_URL: 'mysql://host/db' },
      'DATABASE_URL must be an address such as postgresql://user:password@host:5432/gait.',
    ],
    [{ GAIT_URL: 'gait.example.com' }, 'GAIT_URL must be an address such as https://gait.example.com.'],
    ...[
      'https://ana:secret@gait.example.com',
      'https://gait.example.com/?a=1',
      'https://gait.example.com#a',
    ].map((GAIT_URL) => [
      { GAIT_URL },
      'GAIT_URL must be an address such as https://gait.example.com, without a user, a query or a fragment.',
    ]),
    ...['https://example.com/gait', 'https://example.com/gait/', 'http://localhost:3000//x'].map(
      (GAIT_URL) => [
        { GAIT_URL },
        'GAIT_URL must be an address without a path, such as https://gait.example.com: give Gait a host name of its own.',
      ],
    ),
    ...['two words', 'tökén', 'a\nb'].map((GAIT_TOKEN) => [
      { GAIT_TOKEN },
      'GAIT_TOKEN must be a token as `gait token create` prints it.',
    ]),
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.'],
    [
      { AUTH_SECRET: 'short' },
      'AUTH_SECRET must be at least 32 characters of randomness, such as `openssl rand -base64 32` prints.',
    ],
  ] as [Record<string, string>, string][])(
    'says in one sentence what is wrong with %o',
    (given, sentence) => {
      expect(() => readEnv(given)).toThrow(
        expect.objectContaining({ code: 'cannot_start', message: sentence }),
      );
    },
  );
});
