import { expect, it } from 'vitest';
import { withoutBidiControls } from './bidi';

it('takes out what turns text around, and nothing else', () => {
  const controls = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069];
  expect(withoutBidiControls(`a${String.fromCodePoint(...controls)}b`)).toBe('ab');
  const kept = 'إضافة (#12) — עגלה, \u200F \u200E 👩‍👩‍👧';
  expect(withoutBidiControls(kept)).toBe(kept);
});
