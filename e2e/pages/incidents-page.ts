import type { Locator } from '@playwright/test';
import { Screen } from './screen';

export class IncidentsPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/incidents`);
    return this;
  }

  incident(title: string): Locator {
    return this.part(title);
  }

  async answer(title: string, word: 'Confirm' | 'Not related'): Promise<void> {
    await this.incident(title).getByRole('button', { name: word }).click();
  }
}
