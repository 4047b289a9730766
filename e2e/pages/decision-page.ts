import type { Locator } from '@playwright/test';
import { field, Screen } from './screen';

export class DecisionPage extends Screen {
  /** The sentences under a heading, such as "Why, and how sure". */
  sentences(heading: string | RegExp): Locator {
    return this.page
      .locator('div', { has: this.page.getByRole('heading', { name: heading }) })
      .last()
      .getByRole('listitem');
  }

  get reason(): Locator {
    return field(this.page, 'Reason');
  }

  get accept(): Locator {
    return this.page.getByRole('button', { name: 'Accept' });
  }

  get decline(): Locator {
    return this.page.getByRole('button', { name: 'Decline' });
  }

  /** How many have agreed, or what became of it. */
  get standing(): Locator {
    return this.page.getByRole('status').filter({ hasText: /agree|Accepted|Declined|Withdrawn/ });
  }
}
