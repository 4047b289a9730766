import type { Locator } from '@playwright/test';
import { Screen } from './screen';

export class ConnectionPage extends Screen {
  async open(home: string, id: string): Promise<this> {
    await this.page.goto(`${home}/settings/sign-in/${id}`);
    return this;
  }

  get directory(): Locator {
    return this.part('Directory');
  }

  get landing(): Locator {
    return this.part('Who lands where').getByRole('row');
  }

  /** Makes a token of the directory and reads its secret, which is shown this once. */
  async makeToken(): Promise<string> {
    await this.directory.getByRole('button', { name: 'Make a SCIM token' }).click();
    const secret = this.directory.getByRole('status').getByText(/^gait_/);
    return (await secret.textContent()) ?? '';
  }
}
