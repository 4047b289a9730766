import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EVENT_DATA } from './event';
import { incidentRefOf, inRecordOrder, taskRefOf } from './record';
import { anyArrival, anyEvent } from './testing/arbitraries';

it('does not depend on the order of arrival, nor on repeats', () => {
  fc.assert(
    fc.property(anyArrival, ({ record, arrived }) => {
      expect(inRecordOrder(arrived)).toEqual(inRecordOrder(record));
    }),
  );
});

it('names a task or an incident by the type of the event alone', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const isAboutTask = /\.(task|review)\.|incident\.linked/.test(event.type);
      expect(taskRefOf(event) !== null).toBe(isAboutTask);
      expect(incidentRefOf(event) !== null).toBe(event.type.includes('.incident.'));
    }),
  );
});

it('is tried with events that the schemas let in', () => {
  fc.assert(fc.property(anyEvent, (event) => EVENT_DATA[event.type].safeParse(event.data).success));
});
