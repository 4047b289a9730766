import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../event';
import { isSeverity, OUTCOME_SCORES, SEVERITY_CHARGES } from './severity';

describe('scores and charges', () => {
  it('scores outcomes from 1 down to 0', () => {
    expect(Object.values(OUTCOME_SCORES)).toEqual([1, 0.7, 0.3, 0]);
  });

  it('charges a graver incident more', () => {
    expect(SEVERITIES.map((severity) => SEVERITY_CHARGES[severity].loss)).toEqual([10, 5, 2, 1]);
    expect(SEVERITIES.map((severity) => SEVERITY_CHARGES[severity].extra)).toEqual([9, 4, 1, 0]);
  });

  it('knows a severity from another word', () => {
    expect(SEVERITIES.every(isSeverity)).toBe(true);
    expect(isSeverity('SEV5')).toBe(false);
    expect(isSeverity('toString')).toBe(false);
  });
});
