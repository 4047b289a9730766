import { expect, it } from 'vitest';
import { jsonAnswer } from './answer';

it('leaves out what adding doubles leaves over, and touches nothing else', () => {
  const value = {
    a: [199.99999999999994, 0.1 + 0.2, -1 / 3],
    b: 1_795_432_199_879,
    c: null,
    d: '0.30000000000000004',
  };
  expect(JSON.parse(jsonAnswer(value).body)).toEqual({
    a: [200, 0.3, -0.333333333333],
    b: 1_795_432_199_879,
    c: null,
    d: '0.30000000000000004',
  });
});
