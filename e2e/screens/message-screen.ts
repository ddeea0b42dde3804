import type { Locator, Page } from '@playwright/test';
import { words } from '../words.ts';

/** The popup that asks for a message. */
export class MessageScreen {
  readonly page: Page;
  readonly title: Locator;
  readonly field: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('heading', { level: 1 });
    this.field = page.getByRole('textbox');
  }

  async commit(message: string): Promise<void> {
    await this.field.fill(message);
    await this.field.press('Control+Enter');
  }

  async notNow(): Promise<void> {
    await this.page.getByRole('button', { name: words.t('window.message.not-now') }).last().click();
  }
}
