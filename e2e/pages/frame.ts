import type { Locator } from '@playwright/test';
import { SamplePage } from './sample-page';
import { Screen } from './screen';

/** What stands around every signed-in screen. */
export class Frame extends Screen {
  get palette(): Locator {
    return this.page.getByRole('dialog', { name: 'Search or jump to' });
  }

  get shortcuts(): Locator {
    return this.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  }

  get menuButton(): Locator {
    return this.page.getByRole('button', { name: 'Open the menu' });
  }

  get menu(): Locator {
    return this.page.getByRole('navigation', { name: 'Menu' });
  }

  get sampleBanner(): Locator {
    return this.page.getByRole('complementary', { name: 'Sample data' });
  }

  async removeSample(): Promise<SamplePage> {
    await this.sampleBanner.getByRole('link', { name: /^Remove sample data/ }).click();
    await this.page.waitForURL(/\/settings\/sample$/);
    return new SamplePage(this.page);
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click();
    await this.page.waitForURL(/\/login/);
  }
}
