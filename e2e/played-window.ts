import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { build } from 'vite';
import { launchApp, type DesktopApp } from './launch-app.ts';
import { Machine } from './machine.ts';
import { startSessionBus, type SessionBus } from './session-bus.ts';

const NOW = '2026-11-21T15:42:30.000Z';

/** The page as it is shipped, in the real Electron, with an engine that is played from the fixtures. */
export class PlayedWindow {
  readonly #bus: SessionBus;
  readonly #machine: Machine;
  readonly #app: DesktopApp;
  readonly #bridge: string;

  private constructor(bus: SessionBus, machine: Machine, app: DesktopApp, bridge: string) {
    this.#bus = bus;
    this.#machine = machine;
    this.#app = app;
    this.#bridge = bridge;
  }

  static async start(name: string): Promise<PlayedWindow> {
    const bridge = await fakeWindow();
    const bus = await startSessionBus();
    const machine = Machine.create(name);
    return new PlayedWindow(bus, machine, await launchApp(machine, { busAddress: bus.address, args: ['--hidden'] }), bridge);
  }

  async stop(): Promise<void> {
    await this.#app.close();
    this.#machine.remove();
    await this.#bus.stop();
  }

  /** A window without the preload: what the page sees is played. */
  async open(size: { readonly width: number; readonly height: number }, theme: 'light' | 'dark'): Promise<Page> {
    const opened = this.#app.electron.waitForEvent('window');
    await this.#app.electron.evaluate(({ BrowserWindow }) => {
      const window = new BrowserWindow({ webPreferences: { sandbox: true, contextIsolation: true } });
      return window.loadURL('about:blank');
    });
    const page = await opened;
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.addInitScript(this.#bridge);
    return page;
  }
}

/** The fixtures' `window.lockstep`, as one script. */
async function fakeWindow(): Promise<string> {
  const entry = join(import.meta.dirname, '../renderer/testing/fake-window.ts');
  const built = await build({ configFile: false, logLevel: 'warn', build: { write: false, lib: { entry, formats: ['iife'], name: 'fake' } } });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The fake window was not built');
  return chunk.code;
}

export async function show(page: Page, scenario: string, hash: string): Promise<void> {
  await page.clock.setFixedTime(NOW);
  await page.goto('about:blank');
  await page.goto(`app://lockstep/index.html?scenario=${scenario}${hash}`);
  await expect(page.locator('main').first()).toBeVisible();
  if (scenario === 'stale') await expect(page.getByRole('alert')).toBeVisible();
}

/** What the page asked of the engine, less what it reads to draw itself. */
export const asked = (page: Page): Promise<[string, unknown][]> =>
  page.evaluate(() => (globalThis as unknown as { lockstep: { asked: [string, unknown][] } }).lockstep.asked.filter(([command]) => !/^(state|history|show|activity|conflict|mirror.list|mirror.repository|account.repositories)\b/.test(command)));

export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: typeof axe };
    // What react-aria announced names its button, which may be gone a moment later.
    const { violations } = await loaded.run({ exclude: ['[data-live-announcer]'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}
