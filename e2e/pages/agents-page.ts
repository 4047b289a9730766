import type { Locator } from '@playwright/test';
import { field, Screen } from './screen';

export class AgentsPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/agents`);
    return this;
  }

  agent(name: string): Locator {
    return this.part(name);
  }

  /** Registers a shadow agent where it stands. */
  async register(name: string, sponsor: string): Promise<void> {
    const card = this.agent(name);
    await card.getByText('Register it').click();
    await field(card, 'Sponsor').selectOption({ label: sponsor });
    await card.getByRole('button', { name: 'Register the agent' }).click();
  }
}
