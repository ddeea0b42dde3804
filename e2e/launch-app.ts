import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { PRODUCT, type Machine } from './machine.ts';

const LAUNCH_LIMIT_MS = 30_000;
const CLOSE_LIMIT_MS = 10_000;
// Chromium's sandbox needs more than a container grants, and a virtual display has no GPU. In tests only.
const SWITCHES = ['--no-sandbox', '--disable-gpu', PRODUCT];

export interface LaunchOptions {
  readonly busAddress: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The desktop app, running: the real program on the real Electron. */
export interface DesktopApp {
  readonly electron: ElectronApplication;
  readonly pid: number;
  /** What it and the browser in it said on stderr, for a test that failed. */
  readonly said: string[];
  /** The main window, now or when it opens. */
  mainWindow(): Promise<Page>;
  /** The commit popup, now or when it opens. */
  popup(): Promise<Page>;
  /** Resolves with the exit code when the process has ended. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

export async function launchApp(machine: Machine, { busAddress, args = [], env = {} }: LaunchOptions): Promise<DesktopApp> {
  const electron = await _electron.launch({
    executablePath: electronExecutable(),
    args: [...SWITCHES, ...args],
    env: appEnv(machine, busAddress, env),
    timeout: LAUNCH_LIMIT_MS,
  });
  const child = electron.process();
  const said: string[] = [];
  child.stderr?.on('data', (data: Buffer) => said.push(data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const page = (isWanted: (url: string) => boolean) => async () => {
    const find = () => electron.windows().find((window) => isWanted(window.url()));
    for (let found = find(); ; found = find()) {
      if (found) return found;
      await electron.waitForEvent('window', { timeout: LAUNCH_LIMIT_MS });
      const [newest] = electron.windows().slice(-1);
      await newest?.waitForURL(/^app:/);
    }
  };
  return {
    electron,
    pid: child.pid ?? 0,
    said,
    ended,
    mainWindow: page((url) => url.startsWith('app:') && !url.includes('#/message/')),
    popup: page((url) => url.includes('#/message/')),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Node may wait for the debugger that drives this test although it has let go. How the app ends without one is
      // tested by a plain start.
      const limit = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS);
      await electron.close();
      clearTimeout(limit);
    },
  };
}

/** The app as a desktop starts it: nobody looks inside. */
export function startPlainly(machine: Machine, { busAddress, args = [], env = {} }: LaunchOptions): { pid: number; ended: Promise<number | null> } {
  const child = spawn(electronExecutable(), [...SWITCHES, ...args], { env: appEnv(machine, busAddress, env), stdio: 'ignore' });
  return { pid: child.pid ?? 0, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

const appEnv = (machine: Machine, busAddress: string, env: Readonly<Record<string, string>>): Record<string, string> => ({
  ...machine.env,
  ...displayEnv(),
  DBUS_SESSION_BUS_ADDRESS: busAddress,
  LIBGL_ALWAYS_SOFTWARE: '1',
  ...env,
});

/** Where Electron is; asked of the scripts when the test was not started by them. */
function electronExecutable(): string {
  const given = process.env['LOCKSTEP_ELECTRON'];
  return given ?? execFileSync(process.execPath, [join(import.meta.dirname, '../scripts/electron-dist.mjs')], { encoding: 'utf8' }).trim();
}

function displayEnv(): Record<string, string> {
  const passed = ['DISPLAY', 'XAUTHORITY', 'FONTCONFIG_FILE', 'XDG_SESSION_TYPE'];
  return Object.fromEntries(passed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Pids of a process and all below it that live, from the kernel's own table. */
export function processTree(pid: number): number[] {
  const children = (parent: number): number[] => {
    try {
      return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    } catch {
      return [];
    }
  };
  return [pid, ...children(pid).flatMap((child) => processTree(child))];
}

export function isAlive(pid: number): boolean {
  try {
    // A dead child that nobody asked for yet is no process any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A folder for pictures, below the results of the run. */
export function picturePath(name: string): string {
  const folder = join(import.meta.dirname, '../test-results/pictures');
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
