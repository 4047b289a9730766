import { v7 } from 'uuid';

/** A UUIDv7: unique without coordination, and sorted by creation, so that indexes grow at one end. */
export function newId(): string {
  return v7();
}
