import type { Locator } from '@playwright/test';
import { movesIn } from './move-log';
import { field, Screen } from './screen';

/** A recommendation in the list, with the form that decides it. */
class DecisionCard {
  constructor(readonly card: Locator) {}

  get reason(): Locator {
    return field(this.card, 'Reason');
  }

  get decision(): Locator {
    return this.card.getByRole('group', { name: 'Decision' });
  }

  get standing(): Locator {
    return this.decision.getByRole('status').first();
  }

  async decide(word: 'Accept' | 'Decline'): Promise<void> {
    await this.card.getByRole('button', { name: word }).click();
  }

  /** In px. */
  async height(): Promise<number> {
    return this.card.evaluate((element) => element.getBoundingClientRect().height);
  }
}

export class DecisionsPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/decisions`);
    return this;
  }

  /** By team, kind of work and move, such as `Mobile, Refactors: crawl to walk`. */
  card(name: string): DecisionCard {
    return new DecisionCard(this.part(name));
  }

  get moves(): Locator {
    return movesIn(this.part('Gear log'));
  }

  get closed(): Locator {
    return this.part('Declined and withdrawn').getByRole('listitem');
  }

  async older(pages: string): Promise<void> {
    await this.page.getByRole('navigation', { name: pages }).getByRole('link', { name: 'Older' }).click();
  }

  async newest(pages: string): Promise<void> {
    await this.page.getByRole('navigation', { name: pages }).getByRole('link', { name: 'Newest' }).click();
  }
}
