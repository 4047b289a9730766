import type { Locator } from '@playwright/test';
import { LoggedMove, movesIn } from './move-log';
import { Screen } from './screen';
import { TaskPage } from './task-page';

export class LanePage extends Screen {
  async open(home: string, team: string, category: string): Promise<this> {
    await this.page.goto(`${home}/lanes/${team}/${category}`);
    return this;
  }

  get evidence(): Locator {
    return this.page.getByRole('region', { name: 'Evidence', exact: true }).getByRole('row');
  }

  get trust(): Locator {
    return this.part('Trust over time');
  }

  /** The chart in words. */
  get chart(): Locator {
    return this.trust.getByRole('figure');
  }

  async viewAsTable(): Promise<Locator> {
    await this.trust.getByText('View as table').click();
    return this.trust.getByRole('region', { name: 'The chart as a table' });
  }

  /** What was known when the waiting recommendation was made. */
  get recommendation(): Locator {
    return this.part('Recommendation');
  }

  get log(): Locator {
    return this.part('Gear log');
  }

  get moves(): Locator {
    return movesIn(this.log);
  }

  move(index: number): LoggedMove {
    return new LoggedMove(this.moves.nth(index));
  }

  async openTask(index = 0): Promise<TaskPage> {
    await this.evidence
      .nth(index + 1)
      .getByRole('link')
      .click();
    await this.page.waitForURL(/\/tasks\//);
    return new TaskPage(this.page);
  }
}
