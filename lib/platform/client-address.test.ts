import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address';

const behind = (forwarded: string) => clientAddress(forwarded, '10.0.0.1', 1);

it('is the connection’s own, whatever a request says, where no proxy stands before Gait', () => {
  fc.assert(
    fc.property(fc.option(fc.string(), { nil: undefined }), (forwarded) => {
      expect(clientAddress(forwarded, '203.0.113.9', 0)).toBe('203.0.113.9');
    }),
  );
});

it('behind proxies is what the outermost of them saw, not what was sent to it', () => {
  expect(behind('198.51.100.7')).toBe('198.51.100.7');
  expect(behind('1.1.1.1, 198.51.100.7')).toBe('198.51.100.7');
  expect(clientAddress('1.1.1.1, 198.51.100.7, 10.0.0.2', '10.0.0.1', 2)).toBe('198.51.100.7');
  expect(clientAddress(undefined, '10.0.0.1', 1)).toBe('10.0.0.1');
});

describe('one who has many addresses is one', () => {
  const ports = fc.integer({ min: 0, max: 65_535 });
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 });
  const host = groups.map((some) => some.map((group) => group.toString(16)).join(':'));

  it('whichever address of their /64 they use, with any port, in any spelling', () => {
    const spellings = fc.constantFrom(
      (address: string) => address,
      (address: string) => `[${address}]`,
      (address: string) => address.toUpperCase(),
      (address: string) => `${address}%eth0`,
    );
    fc.assert(
      fc.property(host, spellings, (low, spell) => {
        expect(behind(spell(`2001:db8:1:2:${low}`))).toBe('2001:db8:1:2::/64');
      }),
    );
    fc.assert(
      fc.property(host, ports, (low, port) => {
        expect(behind(`[2001:db8:1:2:${low}]:${port}`)).toBe('2001:db8:1:2::/64');
      }),
    );
    expect(behind('2001:db8:1:3::1'), 'a neighbour is another').toBe('2001:db8:1:3::/64');
  });

  it('whichever port their IPv4 address is named with', () => {
    fc.assert(
      fc.property(ports, (port) => {
        expect(behind(`198.51.100.7:${port}`)).toBe('198.51.100.7');
      }),
    );
  });

  it('whether or not their IPv4 address comes as one of IPv6: mapped, translated or tunnelled', () => {
    for (const written of [
      '::ffff:198.51.100.7',
      '::ffff:c633:6407',
      '[::ffff:198.51.100.7]:443',
      '64:ff9b::198.51.100.7',
      '2002:c633:6407:1::1',
    ])
      expect(behind(written), written).toBe('198.51.100.7');
    expect(clientAddress(undefined, '::ffff:203.0.113.9', 0), 'of the connection, too').toBe('203.0.113.9');
  });
});

it('what is no address is as if the proxy had said nothing: it makes nobody new', () => {
  const isNoAddress = (text: string) => !/[,]/.test(text) && !/^[\s[]*[\da-f.:]+/i.test(text);
  fc.assert(
    fc.property(fc.string().filter(isNoAddress), (text) => {
      expect(behind(text)).toBe('10.0.0.1');
    }),
  );
  for (const written of [
    'unknown',
    '_hidden',
    '198.51.100.7.1',
    '0x7f.1',
    '127.1',
    '1.2.3.4:port',
    '[::1',
    ':::',
  ])
    expect(behind(written), written).toBe('10.0.0.1');
});
