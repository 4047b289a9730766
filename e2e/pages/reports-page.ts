import type { Locator } from '@playwright/test';
import { Screen } from './screen';

/** The list of weekly reports, and a report. */
export class ReportsPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/reports`);
    return this;
  }

  get weeks(): Locator {
    return this.main.getByRole('link', { name: /^\d{4}-W\d{2}$/ });
  }

  /** As it is drawn for this width. */
  get chart(): Locator {
    return this.main.getByRole('img', { name: / at the end of / });
  }

  async ofTeam(name: string): Promise<void> {
    await this.main.getByRole('navigation', { name: 'Whose reports' }).getByRole('link', { name }).click();
    await this.page.waitForURL(/[?&]team=/);
  }

  /** Opens the newest. */
  async openLatest(): Promise<void> {
    await this.weeks.first().click();
    await this.page.waitForURL(/\/reports\/\d{4}-W\d{2}/);
  }
}
