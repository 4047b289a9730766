import { describe, expect, it } from 'vitest';
import { prepareHome } from '@/lib/platform/home';

describe.skipIf(process.platform !== 'linux')('a data folder where none can be made', () => {
  it('is refused with a sentence, and not tried for ever', () => {
    expect(() => prepareHome('/proc/nobody/gait')).toThrow(
      'Gait cannot keep its data in /proc/nobody/gait: no folder can be made there.',
    );
  });
});
