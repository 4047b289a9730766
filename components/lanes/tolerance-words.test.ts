import { expect, it } from 'vitest';
import { toleranceOf } from './tolerance-words';

const walking = { gear: 'walk', tight: false, failsToTighten: 2, failsToDemote: 4 } as const;

it('says what so many failures would do, each once', () => {
  expect(toleranceOf(walking)).toEqual([
    '2 failures in a row would raise its review level',
    '4 failures in a row would take it back to crawl',
  ]);
  expect(toleranceOf({ ...walking, gear: 'run', failsToTighten: 1 })).toEqual([
    '1 failure would raise its review level',
    '4 failures in a row would take it back to walk',
  ]);
});

it('leaves out a tightening that would come no sooner than the demotion', () => {
  expect(toleranceOf({ ...walking, failsToTighten: 4 })).toEqual([
    '4 failures in a row would take it back to crawl',
  ]);
  expect(toleranceOf({ ...walking, failsToTighten: 5 })).toHaveLength(1);
});

it('says nothing of what is so already, or cannot be', () => {
  expect(toleranceOf({ ...walking, tight: true })).toEqual([
    '4 failures in a row would take it back to crawl',
  ]);
  expect(toleranceOf({ ...walking, gear: 'crawl', failsToTighten: null, failsToDemote: null })).toEqual([]);
  expect(toleranceOf({ ...walking, failsToDemote: null })).toEqual([
    '2 failures in a row would raise its review level',
  ]);
});
