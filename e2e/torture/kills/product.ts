import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { World } from './world.ts';

const COMMAND_LIMIT_MS = 60_000;

/** The program as it was built: its command line, for plain Node. */
export class Product {
  readonly #cli: string;

  constructor(cli: string) {
    this.#cli = cli;
  }

  /** Of this checkout, or of another one that is named. */
  static built(): Product {
    return new Product(resolve(process.env['LOCKSTEP_PRODUCT'] ?? '.', 'out/cli.js'));
  }

  get daemon(): [string, ...string[]] {
    return [process.execPath, this.#cli, 'daemon'];
  }

  /** Adds the folder where nothing runs yet. Short waits, and no poll that would come in between. */
  async watch(world: World, ...options: string[]): Promise<void> {
    const args = [this.#cli, 'folder', 'add', world.watched, '--commit-delay', '0.1', '--push-delay', '0', '--poll', '3600', ...options];
    await promisify(execFile)(process.execPath, args, { env: { ...world.env }, timeout: COMMAND_LIMIT_MS });
  }

  /** What a command prints, whatever its exit code. */
  async say(world: World, ...args: string[]): Promise<string> {
    const ran = promisify(execFile)(process.execPath, [this.#cli, ...args], { env: { ...world.env }, timeout: COMMAND_LIMIT_MS });
    return (await ran.catch((failed: { stdout: string }) => failed)).stdout;
  }
}
