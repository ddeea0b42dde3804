import type { RefBackup } from '../../../shared/mirror.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { tidy } from '../vcs/git/git-tidy.ts';
import { outlived } from './ref-backups.ts';
import { moveRefs } from './ref-transaction.ts';

/** Each ref that moved has become a file of its own, thrice. */
const MANY_MOVED = 100;
/** Each larger fetch leaves a pack; git looks for an object in all of them. */
const MANY_PACKS = 50;
const LIMIT_MS = 10 * 60_000;

/**
 * After refs have moved: lets go of backups that have outlived their days, and packs what became many small files.
 * `backups`: those from before. Nothing that has a name is ever pruned, and nothing else either.
 */
export async function keepHouse(repository: GitRepository, { moved, backups, keepDays }: { readonly moved: number; readonly backups: readonly RefBackup[]; readonly keepDays: number }, signal: AbortSignal): Promise<void> {
  if (moved === 0) return;
  const old = outlived(backups, keepDays, repository.ports.clock.now());
  await moveRefs(repository, old.map(({ name, commit }) => ({ ref: name, from: commit, to: null })), signal);
  if (moved >= MANY_MOVED) await bounded(repository, ['pack-refs', '--all'], signal);
  await tidy(repository, signal);
  const { files } = repository.ports;
  const packs = (await files.list(`${repository.place.gitDir}/objects/pack`)).filter(({ name }) => name.toString('latin1').endsWith('.pack'));
  if (packs.length > MANY_PACKS) await bounded(repository, ['repack', '-d', '-l', '-q', '--geometric=2'], signal);
}

/** The copy is whole without it. */
async function bounded(repository: GitRepository, args: readonly string[], signal: AbortSignal): Promise<void> {
  const end = await repository.call(args, { signal, limitMs: LIMIT_MS, config: [['pack.threads', '1']] });
  if (end.ended !== 'exit' || end.code !== 0) repository.ports.log.info('a mirror was not packed', { args, ended: end.ended });
}
