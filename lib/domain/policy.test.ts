import { describe, expect, it } from 'vitest';
import { barsFor, DEFAULT_POLICY, type Policy, policySchema, whatGearAllows } from './policy';

const isRefused = (change: object) => !policySchema.safeParse({ ...DEFAULT_POLICY, ...change }).success;

describe('policySchema', () => {
  it('lets the defaults in, and through JSON', () => {
    expect(policySchema.parse(JSON.parse(JSON.stringify(DEFAULT_POLICY)))).toEqual(DEFAULT_POLICY);
  });

  it.each<[string, object]>([
    ['a bar off the ladder', { bars: { walk: 0.81, run: 0.9, runHighRisk: 0.95 } }],
    ['bars that fall', { bars: { walk: 0.9, run: 0.8, runHighRisk: 0.95 } }],
    ['a sample below a tenth', { sampleShareInRun: 0.05 }],
    ['a promotion that nobody accepts', { approvalsNeeded: { walk: 0, run: 2 } }],
    ['a field it does not know', { bar: 0.8 }],
    [
      'larger changes in a lower gear',
      { gears: { ...DEFAULT_POLICY.gears, walk: DEFAULT_POLICY.gears.run, run: DEFAULT_POLICY.gears.walk } },
    ],
  ])('refuses %s', (_, change) => {
    expect(isRefused(change)).toBe(true);
  });
});

it('asks more of run where risk is high', () => {
  expect(barsFor(DEFAULT_POLICY, 'low')).toEqual({ walk: 0.8, run: 0.9 });
  expect(barsFor(DEFAULT_POLICY, 'high')).toEqual({ walk: 0.8, run: 0.95 });
});

describe('whatGearAllows', () => {
  it('says what each gear of the defaults allows', () => {
    expect(whatGearAllows(DEFAULT_POLICY, 'crawl')).toEqual([
      'The agent proposes small changes: at most 10 files and 400 lines each.',
      'Every change needs 1 independent approval before it is merged.',
      'Protected paths are forbidden.',
    ]);
    expect(whatGearAllows(DEFAULT_POLICY, 'walk')).toEqual([
      'The agent works on a brief: at most 30 files and 1,500 lines each.',
      'Every change needs 1 independent approval and green CI before it is merged.',
      'Changes of protected paths need 2 approvals.',
    ]);
    expect(whatGearAllows(DEFAULT_POLICY, 'run')).toEqual([
      'The agent acts inside its scope: at most 60 files and 3,000 lines each.',
      'Every change needs green CI before it is merged. A random 20 % is reviewed after the merge, and the draw is logged.',
      'Changes of protected paths need 2 approvals.',
    ]);
  });

  it('minds its numbers', () => {
    const rule = { ...DEFAULT_POLICY.gears.crawl, maxFiles: 1, maxLines: 1, approvals: 0 };
    const policy: Policy = { ...DEFAULT_POLICY, gears: { ...DEFAULT_POLICY.gears, crawl: rule } };
    expect(whatGearAllows(policy, 'crawl').slice(0, 2)).toEqual([
      'The agent proposes small changes: at most 1 file and 1 line each.',
      'Changes may be merged without waiting for anything.',
    ]);
  });
});
