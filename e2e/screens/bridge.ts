import type { Page } from '@playwright/test';
import type { Reply } from '../../shared/reply.ts';

interface BridgedWindow {
  readonly lockstep: { invoke(command: unknown, input: unknown): Promise<Reply> };
}

/** Asks as any script in the page could. */
export const invoke = (page: Page, command: unknown, input: unknown): Promise<Reply> =>
  page.evaluate(([asked, given]) => (globalThis as unknown as BridgedWindow).lockstep.invoke(asked, given), [command, input]);
