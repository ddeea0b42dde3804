import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MirrorPair } from '../testing/mirror-pair.ts';
import { MortalPorts } from '../testing/mortal-ports.ts';
import { CommandRunner } from '../vcs/run-command.ts';
import { MirrorTools } from './mirror-tools.ts';
import { RepositoryMirror } from './repository-mirror.ts';
import type { RepositoryPair } from './repository-pair.ts';

const signal = new AbortController().signal;
let pair: MirrorPair;
/** Every tip that the mirror ever had. */
let tips: string[];

/** A mirror that was in step, with a cache and a target; then much happens at the source. */
beforeAll(async () => {
  pair = await MirrorPair.open();
  await pair.push('HEAD:refs/heads/old', 'HEAD:refs/heads/re', 'HEAD~1:refs/heads/a', 'HEAD:refs/heads/b/c');
  await pair.run({ store: pair.repos.path('mirrors/local.git') });
  await pair.target();
  await pair.run(cached(pair.repos.path('mirrors/cache.git'), pair.repos.path('target.git')));
  tips = Object.values(await pair.refsOf(pair.source));
  await pair.commit('three');
  await pair.push('main', ':refs/heads/old', ':refs/heads/a', ':refs/heads/b/c');
  await pair.ada.git(pair.work, 'commit', '-q', '--allow-empty', '--amend', '-m', 'not three');
  await pair.push('HEAD~1:refs/heads/a/x', 'HEAD:refs/heads/b', 'HEAD:refs/heads/re', 'HEAD:refs/heads/new', '+HEAD:refs/tags/v1');
});
afterAll(() => pair.dispose());

const cached = (store: string, target: string): Partial<RepositoryPair> => ({ store, isLocalMirror: false, target: { url: target, credential: null } });

/** A copy of what there was before, in a place of its own. */
function stage(name: string): { local: Partial<RepositoryPair>; remote: Partial<RepositoryPair>; fresh: Partial<RepositoryPair>; remove(): void } {
  const root = pair.repos.path(`stage-${name}`);
  mkdirSync(root);
  cpSync(pair.repos.path('mirrors'), root, { recursive: true });
  cpSync(pair.repos.path('target.git'), `${root}/target.git`, { recursive: true });
  return { local: { store: `${root}/local.git` }, remote: cached(`${root}/cache.git`, `${root}/target.git`), fresh: { store: `${root}/fresh.git` }, remove: () => rmSync(root, { recursive: true }) };
}

/** Runs until it is killed; how many steps it got to. */
async function runMortal(changes: Partial<RepositoryPair>, dieAt: number, afterMs: number): Promise<number> {
  const mortal = new MortalPorts(pair.ada.ports, dieAt, afterMs);
  const tools = new MirrorTools({ ports: mortal.ports, runner: new CommandRunner(mortal.ports), scratch: pair.repos.path('scratch') });
  await new RepositoryMirror(tools, pair.pair(changes)).run({ approved: null }, signal).catch(() => undefined);
  return mortal.steps;
}

/** In a store, what has a name, or is a part of what has one. */
async function named(store: string, tip: string): Promise<boolean> {
  const names = await pair.ada.git(store, '--git-dir=.', 'for-each-ref', '--contains', tip, 'refs/heads', 'refs/tags', 'refs/lockstep/backup');
  return names !== '';
}

async function recovers(changes: Partial<RepositoryPair>, old: readonly string[]): Promise<void> {
  const store = changes.store ?? '';
  expect(await pair.run(changes)).toMatchObject({ state: 'in-sync', problem: null });
  expect(await pair.refsOf(store)).toEqual(await pair.refsOf(pair.source));
  if (changes.target) expect(await pair.refsOf(changes.target.url)).toEqual(await pair.refsOf(pair.source));
  expect(readdirSync(dirname(store)).filter((name) => name.includes('.part-'))).toEqual([]);
  for (const tip of old) expect(await named(store, tip), tip).toBe(true);
  await pair.ada.git(store, '--git-dir=.', 'fsck', '--connectivity-only');
}

describe('a mirror whose program is killed', () => {
  it.each(['local', 'remote', 'fresh'] as const)('%s: is in step after the next run, whichever step it was at, and has lost nothing', async (which) => {
    const whole = stage(`${which}-whole`);
    const steps = await runMortal(whole[which], Number.POSITIVE_INFINITY, 0);
    await recovers(whole[which], which === 'fresh' ? [] : tips);
    whole.remove();
    expect(steps).toBeGreaterThan(8);
    // Each takes half a second: some of the steps, spread over the whole way, will do for every day.
    for (let at = 1; at <= steps; at += which === 'local' ? 2 : 4) {
      const one = stage(`${which}-${at}`);
      // At once, or when it has begun to write.
      await runMortal(one[which], at, at % 2 === 0 ? 0 : (at % 7) * 3);
      await recovers(one[which], which === 'fresh' ? [] : tips);
      one.remove();
    }
  });
});
