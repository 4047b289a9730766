import type { Locator } from '@playwright/test';

/** An entry of the gear log. */
export class LoggedMove {
  constructor(readonly entry: Locator) {}

  /** Unfolds what was known at the move: label and value, such as `policy version` and `1`. */
  async known(): Promise<Record<string, string>> {
    const fold = this.entry.getByRole('group');
    await fold.getByText('What was known').click();
    const read = async (tag: 'term' | 'definition') => fold.getByRole(tag).allInnerTexts();
    const [labels, values] = [await read('term'), await read('definition')];
    return Object.fromEntries(labels.map((label, index) => [label, values[index] ?? '']));
  }
}

/** The log's entries, newest first, as they stand on the lane's, the team's and the decisions' screens. */
export function movesIn(log: Locator): Locator {
  return log.getByRole('list').first().getByRole('listitem');
}
