import type { Locator } from '@playwright/test';
import { field, Screen } from './screen';

export class AuditPage extends Screen {
  async open(home: string, query = ''): Promise<this> {
    await this.page.goto(`${home}/audit${query}`);
    return this;
  }

  get entries(): Locator {
    return this.page.getByRole('list', { name: 'Entries' }).locator(':scope > li');
  }

  get standing(): Locator {
    return this.part('How the record stands');
  }

  get alarm(): Locator {
    return this.part('The end of the audit log is missing');
  }

  get acknowledged(): Locator {
    return this.part('Acknowledged alarms');
  }

  async acknowledge(reason: string): Promise<void> {
    await field(this.alarm, 'Reason').fill(reason);
    await this.alarm.getByRole('button', { name: 'Acknowledge, and sign again' }).click();
  }

  get files(): Locator {
    return this.page.getByRole('search', { name: 'Filter the audit log' }).getByRole('link');
  }

  async verify(): Promise<void> {
    await this.standing.getByRole('button', { name: 'Verify now' }).click();
  }

  async filter(values: Record<string, string>): Promise<void> {
    const form = this.page.getByRole('search', { name: 'Filter the audit log' });
    for (const [label, value] of Object.entries(values)) {
      if (label === 'What was done') await form.getByLabel(label).selectOption(value);
      else await form.getByLabel(label).fill(value);
    }
    await form.getByRole('button', { name: 'Filter' }).click();
  }

  /** What the link of a file leads to, as the signed-in browser gets it. */
  async file(name: string | RegExp): Promise<string> {
    const href = await this.files.filter({ hasText: name }).getAttribute('href');
    return (await this.page.request.get(href ?? '')).text();
  }

  /** The verifier key that is shown first. */
  async key(): Promise<string> {
    return (
      (await this.standing
        .getByText(/^gait\//)
        .first()
        .textContent()) ?? ''
    );
  }

  async sendCheckpointsTo(url: string): Promise<Locator> {
    await this.standing.getByText('Change how the record is kept').click();
    const input = field(this.standing, 'Send checkpoints to');
    await input.fill(url);
    await this.standing.getByRole('button', { name: 'Save the address' }).click();
    return input;
  }
}
