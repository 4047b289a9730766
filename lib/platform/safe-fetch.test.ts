import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { adoptEnv } from './env';
import { checkedUrl, isPublicAddress, type Resolve, safeFetch } from './safe-fetch';

let servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
  servers = [];
});

async function serving(listener: RequestListener): Promise<{ url: string; port: number }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port };
}

const answering =
  (...addresses: string[]): Resolve =>
  (_, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('addresses', () => {
  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '5f00::1',
    'nonsense',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('what is refused before anything is sent', () => {
  it.each([
    ['http://example.com/', 'must begin with https'],
    ['ftp://example.com/', 'must begin with https'],
    ['file:///etc/passwd', 'must begin with https'],
    ['https://user:secret@example.com/', 'user name or a password'],
    ['nonsense', 'no web address'],
    ['https://127.0.0.1/', 'not on the public internet'],
    ['https://2130706433/', 'not on the public internet'],
    ['https://0x7f.1/', 'not on the public internet'],
    ['https://0177.0.0.1/', 'not on the public internet'],
    ['https://127.1/', 'not on the public internet'],
    ['https://169.254.169.254/latest/meta-data/', 'not on the public internet'],
    ['https://[::1]/', 'not on the public internet'],
    ['https://[::ffff:169.254.169.254]/', 'not on the public internet'],
    ['https://[::ffff:7f00:1]/', 'not on the public internet'],
    ['https://0/', 'not on the public internet'],
  ])('%s', async (url, why) => {
    await expect(safeFetch(url)).rejects.toThrow(why);
  });

  it('a name with one address inside, whatever its others are', async () => {
    for (const inside of ['127.0.0.1', '10.1.2.3', '::ffff:10.1.2.3', 'fd00::1']) {
      const testing = { resolve: answering('93.184.216.34', inside) };
      await expect(safeFetch('https://inside.example/', { testing })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('inside.example is not on the public internet'),
      });
    }
  });

  it('and of a server of one’s own the setting is named that would let it through', async () => {
    const remedy = (host: string) => new RegExp(`${host} .*GAIT_TRUSTED_HOSTS.*start`);
    await expect(safeFetch('http://sso.corp.example:8080/')).rejects.toThrow(remedy('sso.corp.example:8080'));
    await expect(safeFetch('https://127.0.0.1:4101/')).rejects.toThrow(remedy('127.0.0.1:4101'));
    const testing = { resolve: answering('10.1.2.3') };
    await expect(safeFetch('https://inside.example:8443/', { testing })).rejects.toThrow(
      remedy('inside.example:8443'),
    );
    await expect(safeFetch('file:///etc/passwd')).rejects.toThrow('The address must begin with https://.');
  });

  it.each([
    'localhost',
    'LOCALHOST',
    'gait.localhost',
    'printer.local',
    'metadata.google.internal',
    'intranet',
  ])('%s, by its name alone', (name) => {
    expect(() => checkedUrl(`https://${name}/`)).toThrow('not on the public internet');
    expect(() => checkedUrl(`https://${name}.example.com/`)).not.toThrow();
  });

  it('but no such name that whoever runs Gait has named', () => {
    adoptEnv({ GAIT_TRUSTED_HOSTS: 'chat.internal,localhost:4101' });
    try {
      expect(checkedUrl('https://chat.internal/x').host).toBe('chat.internal');
      expect(checkedUrl('http://localhost:4101/x').host).toBe('localhost:4101');
      expect(() => checkedUrl('https://localhost/x')).toThrow('not on the public internet');
    } finally {
      adoptEnv({ GAIT_TRUSTED_HOSTS: '' });
    }
  });

  it('a name that is public when it is set up and private when it is used: each connection asks and checks once', async () => {
    let asked = 0;
    const resolve: Resolve = (name, done) => {
      asked += 1;
      answering(asked === 1 ? '192.0.2.1' : '127.0.0.1')(name, done);
    };
    await expect(safeFetch('https://rebinding.example/', { testing: { resolve } })).rejects.toThrow(
      'not on the public',
    );
    await expect(safeFetch('https://rebinding.example/', { testing: { resolve } })).rejects.toThrow(
      'not on the public',
    );
    expect(asked).toBe(2);
  });

  it('a name that cannot be resolved', async () => {
    const resolve: Resolve = (_, done) => done(new Error('ENOTFOUND'), []);
    await expect(safeFetch('https://gone.example/', { testing: { resolve } })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(safeFetch('https://gone.example/', { testing: { resolve: answering() } })).rejects.toThrow(
      'no address',
    );
  });
});

describe('an answer', () => {
  const testing = { allowLoopback: true };

  it('comes back with its status, whatever it is', async () => {
    const { url } = await serving((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () =>
        response.writeHead(418).end(`${request.method} ${request.headers['content-type']} ${body}`),
      );
    });
    const headers = { 'content-type': 'text/plain' };
    expect(await safeFetch(url, { method: 'POST', headers, body: 'note', testing })).toMatchObject({
      status: 418,
      body: 'POST text/plain note',
    });
  });

  it('goes to the address that was checked, under the name that was asked for', async () => {
    const { port } = await serving((request, response) => void response.end(request.headers.host));
    const resolve = answering('127.0.0.1');
    const url = `http://localhost:${port}/`;
    expect((await safeFetch(url, { testing: { ...testing, resolve } })).body).toBe(`localhost:${port}`);
  });

  it('that leads elsewhere is not followed', async () => {
    let asked = 0;
    const { url } = await serving((_, response) => {
      asked += 1;
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    await expect(safeFetch(url, { testing })).rejects.toThrow('redirects elsewhere');
    expect(asked).toBe(1);
  });

  it('that is too large is cut off, however it comes', async () => {
    const { url } = await serving((_, response) => {
      const more = () => response.write('x'.repeat(10_000), () => response.destroyed || setImmediate(more));
      more();
    });
    await expect(safeFetch(url, { testing, maxBytes: 50_000 })).rejects.toThrow('larger than 50000 bytes');
  });

  it('that does not come, or does not end, is given up', async () => {
    const silent = await serving(() => {});
    await expect(safeFetch(silent.url, { testing, timeoutMs: 100 })).rejects.toThrow(
      'did not answer within 0.1 s',
    );
    const slow = await serving((_, response) => void response.write('x'));
    await expect(safeFetch(slow.url, { testing, timeoutMs: 100 })).rejects.toThrow(
      'did not answer within 0.1 s',
    );
  });

  it('that breaks off is a failure, not half an answer', async () => {
    const { url } = await serving((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(safeFetch(url, { testing })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
