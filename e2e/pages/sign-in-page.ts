import { OverviewPage } from './overview-page';
import { Screen } from './screen';

/** What a one-time link opens. Looking at it uses nothing up. */
export class SignInPage extends Screen {
  async open(link: string | null): Promise<this> {
    if (link === null) throw new Error('The server printed no sign-in link.');
    await this.page.goto(link);
    return this;
  }

  get button() {
    return this.page.getByRole('button', { name: /^Sign in as/ });
  }

  get problem() {
    return this.page.getByRole('main').getByRole('alert');
  }

  async signIn(): Promise<OverviewPage> {
    await this.button.click();
    await this.page.waitForURL((url) => url.pathname !== '/sign-in');
    return new OverviewPage(this.page);
  }
}
