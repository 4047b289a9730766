import { expect, it } from 'vitest';
import { hasUnseen } from './unseen';

it.each(['a\u0000b', 'a\nb', 'a\u0085b', '\u202Etxt.exe', 'a\u2066b', 'a\uD800'])(
  '%j holds what nobody sees',
  (text) => {
    expect(hasUnseen(text)).toBe(true);
  },
);

it.each(['#payments', 'Zahlungen – München', '支払い', '👩‍🚀', 'مدفوعات'])('%s does not', (text) => {
  expect(hasUnseen(text)).toBe(false);
});
