import { createApplier } from '../apply/work-tree-applier.ts';
import { FileReplacer } from '../apply/file-replacer.ts';
import { LockstepError } from '../errors.ts';
import { displayPath } from '../repo-path.ts';
import type { KnownFolder } from '../signals/signal.ts';
import type { Vcs } from '../vcs/vcs.ts';
import type { SecretCheck } from '../secrets/secret-check.ts';
import { watchFolder } from '../watch/folder-watcher.ts';
import type { FolderWatcher } from '../watch/watcher.ts';
import type { Ports } from '../ports.ts';
import type { FolderContext } from './folder-context.ts';
import { KeptDraft } from './kept-draft.ts';
import { OutgoingCheck } from './outgoing-check.ts';
import { directoryAt, refuseOther, rootFinding, type Root } from './root-check.ts';
import { applyTrust, noteUntrusted } from './trust.ts';
import type { OpenFolder, RunnerDeps, RunnerSide } from './runner-deps.ts';

export interface OpenFolderDeps {
  readonly ports: Ports;
  readonly machine: { readonly id: string; readonly name: string };
  readonly record: RunnerDeps['record'];
  readonly secrets: SecretCheck | null;
  openRepository(path: string): Promise<Vcs>;
  /** How other machines know this repository; told again when the first commit is made. */
  known(folder: KnownFolder): void;
  readonly announce: (tip: string) => void;
}

/** Opens a folder's repository, finishes what a crash interrupted, and watches it. Resolves when it is watched. */
export async function openFolder(deps: OpenFolderDeps, side: RunnerSide, signal: AbortSignal): Promise<OpenFolder> {
  const { ports } = deps;
  const { path, rootCommit } = side.settings();
  const workTree = await directoryAt(ports.files, path);
  const vcs = await deps.openRepository(path);
  let watcher: FolderWatcher | null = null;
  const draft = new KeptDraft(ports, vcs.ownDirectory);
  const close = async () => {
    await watcher?.close();
    await draft.settled();
    await vcs.close();
  };
  try {
    const mended = await vcs.mend(side.settings().branch);
    if (mended.length > 0) deps.record({ what: 'recovered', why: 'crash', paths: [...mended], params: { how: 'mended' } });
    await refuseOther(vcs, rootCommit);
    await applySettings(vcs, side);
    const gitDir = await directoryAt(ports.files, vcs.place.gitDir, path);
    const context = await prepare(deps, side, { vcs, root: { workTree, gitDir } }, () => watcher);
    watcher = watchFolder({
      ports,
      root: vcs.place.workTree,
      gitDir: vcs.place.gitDir,
      commonDir: vcs.place.commonDir,
      ignored: (paths) => vcs.ignored(paths),
      events: watchEvents(side, ports),
    });
    await watcher.ready;
    // Replaced while it was opened: it is opened anew.
    const gone = await rootFinding(context);
    if (gone) throw new LockstepError(gone.code, gone.params);
    signal.throwIfAborted();
    const [watching, words] = [watcher, await draft.read()];
    if (words !== null && side.situation().draft === null && side.settings().options.message === 'popup') side.tell({ type: 'drafted', draft: words });
    return { context, draft, rescan: () => watching.rescan(), applySettings: () => applySettings(vcs, side), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Ignore patterns and trust as the settings have them; executing configuration that nobody agreed to stays off, and is said. */
async function applySettings(vcs: Vcs, side: RunnerSide): Promise<void> {
  await vcs.setIgnorePatterns(side.settings().options.ignore);
  applyTrust(vcs, side.settings());
  await noteUntrusted(vcs, side);
}

async function prepare(deps: OpenFolderDeps, side: RunnerSide, { vcs, root }: { readonly vcs: Vcs; readonly root: Root }, watcher: () => FolderWatcher | null): Promise<FolderContext> {
  const { ports } = deps;
  for (const lock of await vcs.recover()) deps.record({ what: 'recovered', why: 'crash', paths: [lock], params: { how: 'lock-removed' } });
  const applier = createApplier({ ports, vcs });
  for (const { path, how } of await applier.recover()) deps.record({ what: 'recovered', why: 'crash', paths: [displayPath(path)], params: { how } });
  const unwatched = { begin: () => undefined, end: () => Promise.resolve() };
  return {
    ports,
    machine: deps.machine,
    vcs,
    root,
    applier,
    secrets: deps.secrets,
    outgoing: new OutgoingCheck({ vcs, secrets: deps.secrets, letThrough: () => side.settings().letThrough }),
    replacer: new FileReplacer(ports, vcs),
    get ownWrites() {
      return watcher()?.ownWrites ?? unwatched;
    },
    oddPaths: () => watcher()?.oddPaths() ?? [],
    settings: side.settings,
    facts: side.facts,
    report: side.report,
    record: deps.record,
    isHeld: () => side.situation().local !== null,
    announce: deps.announce,
    introduce: introducer(deps, side, vcs),
  };
}

/** Without a commit yet, nobody knows it by its first one: told again until there is one. */
function introducer(deps: OpenFolderDeps, side: RunnerSide, vcs: Vcs): () => Promise<void> {
  let told: KnownFolder | null = null;
  return async () => {
    if (told?.root) return;
    const now = await introduction(deps.ports, side, vcs);
    if (!told || now.root !== null) deps.known(now);
    told = now;
  };
}

const SPARKLESHARE_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

async function introduction(ports: Ports, side: RunnerSide, vcs: Vcs): Promise<KnownFolder> {
  const { id, remote } = side.settings();
  const marker = (await ports.files.readIfThere(`${vcs.place.workTree}/.sparkleshare`).catch(() => null))?.toString('utf8').trim() ?? '';
  return { folder: id, root: await vcs.rootCommit(), remoteUrl: remote?.url ?? null, sparkleshareId: SPARKLESHARE_ID.test(marker) ? marker : null };
}

function watchEvents(side: RunnerSide, ports: Ports) {
  return {
    changed: (path: Parameters<typeof displayPath>[0] | null) => side.tell({ type: 'changed', path: path && displayPath(path), nowMs: ports.clock.monotonic() }),
    repositoryChanged: () => side.tell({ type: 'repository-changed' }),
    coverage: (watching: { directories: number; polled: number }) => {
      const others = side.facts().notes.filter(({ code }) => code !== 'watch-limit');
      const note = { code: 'watch-limit' as const, params: { ...watching }, since: new Date(ports.clock.now()).toISOString() };
      side.report({ watching, notes: watching.polled > 0 ? [...others, note] : others });
    },
    rootGone: () => side.lost(),
  };
}
