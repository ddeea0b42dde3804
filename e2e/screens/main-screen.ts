import type { Locator, Page } from '@playwright/test';
import { words } from '../words.ts';

/** The main window, by what a person sees in it. */
export class MainScreen {
  readonly page: Page;
  readonly headline: Locator;
  readonly stale: Locator;

  constructor(page: Page) {
    this.page = page;
    this.headline = page.getByRole('heading', { level: 1 });
    this.stale = page.getByRole('alert').filter({ hasText: words.t('window.stale.button') });
  }

  folder(name: string): Locator {
    return this.page.getByRole('row', { name: new RegExp(`^${name}:`) });
  }

  /** The button beside something that waits. */
  waiting(button: string, folder: string): Locator {
    return this.page.getByRole('button', { name: words.t('window.button-for', { button, name: folder }) });
  }

  async go(where: 'home' | 'conflicts' | 'history' | 'mirrors' | 'activity' | 'settings'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: words.t(`window.nav.${where}`) }).first().click();
  }

  get addSheet(): AddSheet {
    return new AddSheet(this.page.getByRole('dialog', { name: words.t('window.add.title') }));
  }

  async chooseWelcome(choice: 'keep' | 'clone' | 'join'): Promise<void> {
    await this.page.getByRole('button', { name: words.t(`window.welcome.choice.${choice}.title`) }).click();
  }
}

/** The sheet that asks before a folder is added. */
export class AddSheet {
  readonly sheet: Locator;
  readonly path: Locator;
  readonly url: Locator;

  constructor(sheet: Locator) {
    this.sheet = sheet;
    this.path = sheet.getByRole('textbox', { name: words.t('window.add.path'), exact: true });
    this.url = sheet.getByRole('textbox', { name: words.t('window.add.url') });
  }

  async writeMessagesItself(): Promise<void> {
    await this.sheet.getByText(words.t('window.add.ask')).click();
  }

  async add(): Promise<void> {
    await this.sheet.getByRole('button', { name: words.t('window.add.button') }).click();
  }
}
