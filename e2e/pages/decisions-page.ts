import type { Locator } from '@playwright/test';
import { movesIn } from './move-log';
import { Screen } from './screen';

export class DecisionsPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/decisions`);
    return this;
  }

  get moves(): Locator {
    return movesIn(this.part('Gear log'));
  }

  get closed(): Locator {
    return this.part('Closed recommendations').getByRole('listitem');
  }
}
