import { Screen } from './screen';

/** Settings → Reports and mails. */
export class MailSettingsPage extends Screen {
  async open(home: string): Promise<this> {
    await this.page.goto(`${home}/settings/reports`);
    return this;
  }

  /** For the organisation, and teams without a time of their own. */
  async switchOn(): Promise<void> {
    const ofAll = this.page.getByRole('listitem').filter({ hasText: /^The organisation, and teams/ });
    await ofAll.getByText('Change…').click();
    await ofAll.getByLabel(/^Send mails/).check();
    await ofAll.getByRole('button', { name: 'Save' }).click();
    await this.page.getByText('Saved. The next report is sent.').waitFor();
  }

  async sendLatest(): Promise<void> {
    await this.page.getByRole('button', { name: 'Send me the latest report now' }).click();
    await this.page.getByText(/^Sent to /).waitFor();
  }

  /** Switches what the reader gets of something: "alerts, Payments". */
  toggle(name: string) {
    return this.page.getByRole('button', { name: new RegExp(`: ${name}$`) });
  }

  async signOut(): Promise<void> {
    await this.page.context().clearCookies();
  }
}
