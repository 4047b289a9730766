import type { Locator } from '@playwright/test';
import { DecisionPage } from './decision-page';
import { LanePage } from './lane-page';
import { Screen } from './screen';

export class OverviewPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(home);
    return this;
  }

  get map(): Locator {
    return this.page.getByRole('grid', { name: /^Lanes/ });
  }

  get teams(): Locator {
    return this.map.getByRole('rowheader').getByRole('link');
  }

  /** Ways to send the first evidence, while there is none. */
  get nextSteps(): Locator {
    return this.main.getByRole('heading', { level: 2, name: /^\d\. / });
  }

  get waiting(): Locator {
    return this.main.getByRole('link', { name: /^Review / });
  }

  lane(team: string, category: string): Locator {
    return this.map
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: team, exact: true }) })
      .getByRole('link', { name: new RegExp(`^${category}`) });
  }

  async openLane(team: string, category: string): Promise<LanePage> {
    await this.lane(team, category).click();
    await this.page.waitForURL(/\/lanes\//);
    return new LanePage(this.page);
  }

  async review(name: string): Promise<DecisionPage> {
    await this.page.getByRole('link', { name: `Review ${name}` }).click();
    await this.page.waitForURL(/\/decisions\//);
    return new DecisionPage(this.page);
  }
}
