import type { Locator } from '@playwright/test';
import { field, Screen } from './screen';

type Form = 'A task' | 'A review' | 'An incident';

const buttons = {
  'A task': 'Record the task',
  'A review': 'Record the review',
  'An incident': 'Record the incident',
} as const satisfies Record<Form, string>;

export class RecordPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/record`);
    return this;
  }

  field(form: Form, label: string): Locator {
    return field(this.part(form), label);
  }

  /** Fills a form by its labels. What is an option of a select is chosen. */
  async fill(form: Form, values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) {
      const input = this.field(form, label);
      const isSelect = (await input.evaluate((element) => element.tagName)) === 'SELECT';
      await (isSelect ? input.selectOption({ label: value }) : input.fill(value));
    }
  }

  async record(form: Form, values: Record<string, string>): Promise<void> {
    await this.fill(form, values);
    await this.part(form).getByRole('button', { name: buttons[form] }).click();
  }

  /** After a refusal because the reference is taken: means the task that has it. */
  async change(form: Form): Promise<void> {
    await this.part(form).getByRole('button', { name: 'Change that task' }).click();
  }

  answer(form: Form): Locator {
    return this.part(form).getByRole('status').or(this.part(form).getByRole('alert'));
  }
}
