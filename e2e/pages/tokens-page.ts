import type { Locator } from '@playwright/test';
import { field, Screen } from './screen';

export class TokensPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/settings/tokens`);
    return this;
  }

  get rows(): Locator {
    return this.page.getByRole('region', { name: 'Tokens', exact: true }).getByRole('row');
  }

  get secret(): Locator {
    return this.part('Make a token')
      .getByRole('status')
      .getByText(/^gait_/);
  }

  /** Makes a token, for one team or for all, and reads its secret, which is shown this once. */
  async make(name: string, team?: string): Promise<string> {
    const form = this.part('Make a token');
    await field(form, 'Name').fill(name);
    if (team !== undefined) {
      await form.getByLabel('Speaks for').selectOption({ label: team });
      await form.getByRole('checkbox', { name: /^read / }).check();
    }
    await form.getByRole('button', { name: 'Make the token' }).click();
    return (await this.secret.textContent()) ?? '';
  }

  async revoke(name: string): Promise<void> {
    const row = this.rows.filter({ hasText: name });
    await row.getByText('Revoke…').click();
    await row.getByRole('button', { name: 'Revoke for good' }).click();
  }
}
