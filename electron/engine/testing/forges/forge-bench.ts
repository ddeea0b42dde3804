import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountSettings, ForgeKind } from '../../../../shared/mirror.ts';
import { Redactor } from '../../log/redact.ts';
import type { Forge, ForgeRepository } from '../../mirror/forges/forge.ts';
import { openForge } from '../../mirror/forges/open-forge.ts';
import { nodeClock } from '../../ports/node-clock.ts';
import { nodeHttp } from '../../ports/node-http.ts';
import { MemoryLog } from '../memory-log.ts';
import { quickClock } from '../quick-clock.ts';
import { FakeForge, type FakeForgeOptions } from './fake-forge.ts';

/** Waits that limits ask for pass so many times as fast. */
const QUICK = 50;

/** One fake forge and a client of it, below a folder of the test's own. */
export class ForgeBench {
  readonly directory = mkdtempSync(join(tmpdir(), 'lockstep-forge-'));
  readonly redactor = new Redactor();
  readonly log = new MemoryLog();
  readonly http = nodeHttp({}, this.redactor);
  readonly fakes: FakeForge[] = [];

  /** Git's own surroundings, without anything of the person's. */
  get env(): Record<string, string> {
    return { PATH: process.env['PATH'] ?? '', HOME: this.directory, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' };
  }

  async fake(kind: ForgeKind, options: Partial<FakeForgeOptions> = {}): Promise<FakeForge> {
    const fake = await FakeForge.open({ kind, directory: join(this.directory, `forge-${this.fakes.length}`), env: this.env, ...options });
    this.fakes.push(fake);
    return fake;
  }

  client(fake: FakeForge, settings: Partial<AccountSettings> = {}, token = fake.token): Forge {
    return openForge({ ...fake.account(), ...settings }, token, { http: this.http, clock: quickClock(nodeClock, QUICK), log: this.log, redactor: this.redactor });
  }

  async close(): Promise<void> {
    for (const fake of this.fakes) await fake.close();
    await this.http.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export const never = (): AbortSignal => new AbortController().signal;

/** A list read to its end. */
export async function whole(pages: AsyncIterable<readonly ForgeRepository[]>): Promise<ForgeRepository[]> {
  const all: ForgeRepository[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
