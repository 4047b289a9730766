import type { Locator } from '@playwright/test';
import { OverviewPage } from './overview-page';
import { field, Screen } from './screen';

export class SamplePage extends Screen {
  get name(): Locator {
    return field(this.page, 'Name of your organisation');
  }

  get button(): Locator {
    return this.page.getByRole('button', { name: 'Remove the sample and begin' });
  }

  async removeAndBegin(name: string): Promise<OverviewPage> {
    await this.name.fill(name);
    const before = this.path();
    await this.button.click();
    await this.page.waitForURL((url) => url.pathname !== before);
    return new OverviewPage(this.page);
  }
}
