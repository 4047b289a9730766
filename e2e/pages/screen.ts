import type { Locator, Page } from '@playwright/test';

/** What every screen has: one answer on top, parts with names, and what a form answered. */
export class Screen {
  constructor(readonly page: Page) {}

  get headline(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** A card by its name. */
  part(name: string | RegExp): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  path(): string {
    return new URL(this.page.url()).pathname;
  }
}

/** A field by its label, whatever it says in brackets about staying empty, such as "(optional)". */
export function field(within: Locator | Page, label: string): Locator {
  return within.getByLabel(new RegExp(`^${label}( \\(.+\\))?$`));
}

/** What is wrong with a field, next to it; empty while nothing is. */
export async function errorOf(input: Locator): Promise<string> {
  return input.evaluate((element) =>
    element.ariaInvalid === 'true'
      ? (element.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .filter((id) => id.endsWith('-error'))
          .map((id) => document.getElementById(id)?.textContent ?? '')
          .join(' ')
      : '',
  );
}
