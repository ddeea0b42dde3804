import { posix } from 'node:path';
import { z } from 'zod';
import { systemCode } from '../errors.ts';
import type { Files, Ports } from '../ports.ts';
import { GitRepository } from '../vcs/git/git-repository.ts';
import type { CommandRunner } from '../vcs/run-command.ts';
import { PairTrouble, storeTrouble } from './pair-trouble.ts';
import type { PersonalGit } from './personal-git.ts';
import { allowPushes, refusePushes } from './read-only-hook.ts';
import type { RepositoryPair } from './repository-pair.ts';
import { lockStore } from './store-lock.ts';

const markerSchema = z.object({ version: z.literal(1), identity: z.string() });

/** For the first copy, beside what it takes itself. */
const SPARE_BYTES = 1_000_000_000;

interface Tools {
  readonly ports: Ports;
  readonly runner: CommandRunner;
}

/** git on the bare repository at a path; our own files are below `lockstep/` in it. */
export function bareRepository({ ports, runner }: Tools, path: string): GitRepository {
  return new GitRepository({ ports, runner, place: { workTree: path, gitDir: path, commonDir: path }, ownDirectory: ownDirectory(path), machine: '' });
}
export const ownDirectory = (path: string): string => `${path}/lockstep`;

/** Whether the store is there. What somebody else put there is never taken over: `target-taken`. */
export async function isThere(files: Files, { store, identity }: Pick<RepositoryPair, 'store' | 'identity'>): Promise<boolean> {
  const stat = await files.stat(store);
  if (stat === null) return false;
  if (stat.kind === 'directory') {
    if ((await files.list(store)).length === 0) return false;
    const marker = await readMarker(files, store);
    if (marker?.identity === identity) return true;
  }
  throw new PairTrouble('store', { code: 'target-taken', params: { path: store, name: posix.basename(store) } });
}

async function readMarker(files: Files, path: string): Promise<z.infer<typeof markerSchema> | null> {
  const content = await files.readIfThere(`${ownDirectory(path)}/mirror.json`);
  try {
    return content === null ? null : markerSchema.parse(JSON.parse(content.toString('utf8')));
  } catch {
    return null;
  }
}

/**
 * Makes a store beside its place, has it filled, and puts it there when it is whole: whatever comes in between, nobody
 * meets half a copy. What an earlier attempt left is removed first.
 */
export async function makeStore(tools: Tools & { readonly git: PersonalGit }, pair: RepositoryPair, objectFormat: 'sha1' | 'sha256', fill: (repository: GitRepository) => Promise<void>, signal: AbortSignal): Promise<void> {
  const { files, random } = tools.ports;
  const parent = posix.dirname(pair.store);
  await files.makeDirectories(parent, 0o777);
  await checkSpace(files, pair, parent);
  await removeLeftParts(tools.ports, pair.store, signal);
  const part = `${pair.store}.part-${random.bytes(4).toString('hex')}`;
  try {
    await files.makeDirectories(ownDirectory(part), 0o755);
    const lock = await lockStore(tools.ports, ownDirectory(part), 0, signal);
    // Not before: what has a marker and no holder is removed.
    await files.writeAtomically(`${ownDirectory(part)}/mirror.json`, JSON.stringify({ version: 1, identity: pair.identity }), 0o644);
    await initialize(tools, part, objectFormat, signal);
    if (pair.isLocalMirror) await refusePushes(files, part);
    await fill(bareRepository(tools, part));
    if (lock.held) await lock.release();
    await files.rename(part, pair.store);
    await files.syncDirectory(parent);
  } catch (error) {
    await files.removeTree(part);
    // Somebody was faster, or put something else there.
    if (systemCode(error) === 'ENOTEMPTY' || systemCode(error) === 'EEXIST') throw new PairTrouble('store', { code: 'locked', params: { path: pair.store } });
    throw error;
  }
}

async function initialize({ ports: { files }, git }: Tools & { readonly git: PersonalGit }, part: string, objectFormat: string, signal: AbortSignal): Promise<void> {
  // A template could bring hooks along.
  const end = await git.call(['init', '--quiet', '--bare', '--template=', `--object-format=${objectFormat}`, '--', part], { signal });
  if (end.ended !== 'exit' || end.code !== 0) throw storeTrouble(part, end);
  // The person's own hooks path would take the place of the store's, which refuses pushes.
  await files.append(`${part}/config`, '[core]\n\thooksPath = hooks\n[transfer]\n\thideRefs = refs/lockstep\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n', 0o644);
}

/** What a program that died left beside a store, not what one is making just now. */
async function removeLeftParts(ports: Ports, store: string, signal: AbortSignal): Promise<void> {
  const { files } = ports;
  const [parent, start] = [posix.dirname(store), `${posix.basename(store)}.part-`];
  for (const { name, kind } of await files.list(parent)) {
    const text = name.toString('utf8');
    if (kind !== 'directory' || !text.startsWith(start) || !/^[0-9a-f]{8}$/.test(text.slice(start.length))) continue;
    const part = `${parent}/${text}`;
    if ((await readMarker(files, part)) === null && !(await isHardlyBegun(files, part))) continue;
    const lock = await lockStore(ports, ownDirectory(part), 0, signal);
    if (lock.held) await files.removeTree(part);
  }
}

/** Killed before it had a marker: then there is nothing in it but the place for that. */
async function isHardlyBegun(files: Files, part: string): Promise<boolean> {
  const names = async (path: string): Promise<string[]> => (await files.list(path)).map(({ name }) => name.toString('utf8'));
  const inside = await names(part);
  if (inside.length === 0) await files.makeDirectory(ownDirectory(part), 0o755);
  return inside.every((name) => name === 'lockstep') && (await names(ownDirectory(part))).every((name) => /^lock(?:\.|$)/.test(name));
}

async function checkSpace(files: Files, { store, expectedBytes }: RepositoryPair, parent: string): Promise<void> {
  const bytes = 2 * (expectedBytes ?? 0) + SPARE_BYTES;
  const freeBytes = await files.freeBytes(parent);
  if (freeBytes < bytes) throw new PairTrouble('store', { code: 'disk-full', params: { path: store, bytes, freeBytes } });
}

/** Gives pushes to a local mirror back. */
export const releaseStore = (files: Files, store: string): Promise<void> => allowPushes(files, store);
