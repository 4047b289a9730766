import type { Locator } from '@playwright/test';
import { encodePart } from '@/lib/domain/encode-part';
import { field, Screen } from './screen';

export class TaskPage extends Screen {
  async open(home: string, ref: string): Promise<this> {
    await this.page.goto(`${home}/tasks/${encodePart(ref)}`);
    return this;
  }

  get worth(): Locator {
    return this.part('What it was worth');
  }

  get facts(): Locator {
    return this.part('About the task');
  }

  get reviews(): Locator {
    return this.part('Reviews').getByRole('listitem');
  }

  get events(): Locator {
    return this.part('The record').getByRole('listitem');
  }

  get incidents(): Locator {
    return this.part('Incidents').getByRole('listitem');
  }

  /** Shows the raw data of an event. */
  async unfold(event: Locator): Promise<Locator> {
    await event.getByText(/^dev\.gait\./).click();
    return event.getByRole('region', { name: 'Raw data' });
  }

  async changeKindOfWork(to: string, reason: string): Promise<void> {
    const form = this.part('Change the kind of work');
    await form.getByText('Wrong kind of work?').click();
    await field(form, 'Kind of work').selectOption(to);
    await field(form, 'Reason').fill(reason);
    await form.getByRole('button', { name: 'Change kind of work' }).click();
  }
}
