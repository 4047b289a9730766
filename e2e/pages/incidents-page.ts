import type { Locator } from '@playwright/test';
import { field, Screen } from './screen';

export class IncidentsPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/incidents`);
    return this;
  }

  incident(title: string): Locator {
    return this.part(title);
  }

  async answer(title: string, word: 'Confirm' | 'Not related'): Promise<void> {
    await this.incident(title).getByRole('button', { name: word, exact: true }).click();
  }

  /** What the form of a link answered. */
  told(title: string): Locator {
    return this.incident(title).getByRole('status');
  }

  async undo(title: string, reason: string): Promise<void> {
    const incident = this.incident(title);
    await incident.getByText('Undo', { exact: true }).click();
    await field(incident, 'Reason').fill(reason);
    await incident.getByRole('button', { name: 'Undo the link' }).click();
  }

  async confirmAfterAll(title: string): Promise<void> {
    const incident = this.incident(title);
    await incident.getByText('Confirm after all').click();
    await incident.getByRole('button', { name: 'Confirm the link' }).click();
  }
}
