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

  /** Resolves when the popup is gone. */
  async commit(message: string): Promise<void> {
    await this.field.fill(message);
    await this.#gone(() => this.field.press('Control+Enter'));
  }

  /** Resolves when the popup is gone. */
  async notNow(): Promise<void> {
    await this.#gone(() => this.page.getByRole('button', { name: words.t('window.message.not-now') }).last().click());
  }

  async #gone(act: () => Promise<void>): Promise<void> {
    const closed = this.page.waitForEvent('close');
    // The window may go while the browser still tells that the key or button came up again.
    await act().catch((error: unknown) => this.page.isClosed() || Promise.reject(error as Error));
    await closed;
  }
}
