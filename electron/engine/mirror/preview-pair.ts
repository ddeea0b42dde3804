import { bareRepository, isThere } from './bare-store.ts';
import { fileSystemLimits } from '../vcs/git/git-config.ts';
import { callRemote } from '../vcs/git/git-remote.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { argumentFor, look, type Seen } from './look.ts';
import { remoteTrouble, storeTrouble } from './pair-trouble.ts';
import { planRefs, type RefSituation } from './plan-refs.ts';
import { previewTarget } from './preview-target.ts';
import type { RefMap, SideRefs } from './ref-map.ts';
import type { MirrorTools } from './mirror-tools.ts';
import type { Preview, RepositoryPair } from './repository-pair.ts';
import { readStoreRefs, type StoreRefs } from './store-refs.ts';
import { comparable, headDistances } from './take-in.ts';

const NO_STORE = { refs: new Map<string, string>(), out: new Map<string, string>(), head: null };

/** What a run would do. Throws a `PairTrouble`. */
export async function previewPair(tools: MirrorTools, pair: RepositoryPair, signal: AbortSignal): Promise<Preview> {
  const there = await isThere(tools.ports.files, pair);
  const source = await look(tools, pair.source, 'source', signal);
  if (source.refs.size === 0 && !there) return { action: 'skip', why: 'empty', refs: [], problem: null };
  const { store, side } = there ? await sides(bareRepository(tools, pair.store), source, signal) : { store: NO_STORE, side: source };
  const distances = there ? await compared(tools, pair, side, store.refs, signal) : new Map();
  const { moves, held } = planRefs({ source: side, store, policy: pair.options, approved: null, distances });
  if (pair.target && there && !held) return previewTarget(tools, pair, { target: pair.target, refs: store.refs, moves }, signal);
  const problem = held && { code: held.code, params: held.params, action: 'approve' as const };
  const refs = [...moves, ...(held?.refs ?? [])];
  if (!there) return { action: 'create', refs, problem };
  return held && moves.length === 0 ? { action: 'skip', why: 'needs-approval', refs, problem } : { action: refs.length === 0 ? 'exists' : 'update', refs, problem };
}

async function sides(repository: GitRepository, source: Seen, signal: AbortSignal): Promise<{ store: StoreRefs; side: SideRefs }> {
  const store = await readStoreRefs(repository, signal);
  return { store, side: comparable(source, store, fileSystemLimits(await repository.config()).foldsCase) };
}

/** Whether a head only grew is known by its commits: those that are not here are fetched to a place that goes again. */
async function compared(tools: MirrorTools, pair: RepositoryPair, source: SideRefs, store: RefMap, signal: AbortSignal): Promise<RefSituation['distances']> {
  const known = await headDistances(bareRepository(tools, pair.store), source.refs, store, signal);
  const unknown = [...source.refs].filter(([ref, id]) => ref.startsWith('refs/heads/') && store.has(ref) && store.get(ref) !== id && !known.has(ref));
  if (unknown.length === 0) return known;
  return new Map([...known, ...(await inScratch(tools, pair, new Map(unknown), store, signal))]);
}

async function inScratch(tools: MirrorTools, pair: RepositoryPair, unknown: RefMap, store: RefMap, signal: AbortSignal): Promise<RefSituation['distances']> {
  const { files, random } = tools.ports;
  const path = `${tools.scratch}/preview-${random.bytes(6).toString('hex')}.git`;
  await files.makeDirectories(tools.scratch, 0o700);
  try {
    const format = [...unknown.values()].some((id) => id.length === 64) ? 'sha256' : 'sha1';
    const made = await tools.git.call(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, '--', path], { signal });
    if (made.ended !== 'exit' || made.code !== 0) throw storeTrouble(path, made);
    await files.makeDirectories(`${path}/objects/info`, 0o700);
    await files.writeAtomically(`${path}/objects/info/alternates`, `${pair.store}/objects\n`, 0o600);
    const scratch = bareRepository(tools, path);
    const argument = await argumentFor(tools.ports, pair.source);
    const names = [...unknown.keys()];
    const end = await callRemote(scratch, 'fetch', ['--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules', '--progress', '--', argument.url, ...names.map((name) => `+${name}:${name}`)], { ...argument.options, signal });
    if (end.ended !== 'exit' || end.code !== 0) throw remoteTrouble('source', argument.url, end);
    return await headDistances(scratch, unknown, store, signal);
  } finally {
    if (await files.stat(path)) await files.removeTree(path);
  }
}
