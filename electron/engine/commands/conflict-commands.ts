import type { Conflict } from '../../../shared/app-state.ts';
import type { Comparison } from '../../../shared/commands.ts';
import { parseConflictCopyName } from '../apply/conflict-copy-name.ts';
import type { FileReplacer } from '../apply/file-replacer.ts';
import type { EngineCore } from '../engine-core.ts';
import { folderSettings } from '../engine-core.ts';
import { wantedPath } from './folder-place.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { asItIsNow } from '../folder/open-conflicts.ts';
import { displayPath, parseDisplayPath, type RepoPath } from '../repo-path.ts';
import type { Vcs } from '../vcs/vcs.ts';

type ConflictHandlers = Pick<EngineHandlers, 'conflicts' | 'conflict.compare' | 'resolve'>;

/** Above this a version is shown by its size only. */
const SHOWN_BYTES = 512 * 1024;

export function conflictCommands(core: EngineCore): ConflictHandlers {
  return {
    conflicts: async ({ id }) => {
      const only = id === undefined ? null : folderSettings(core, id).id;
      return core.store.get().folders.filter((folder) => only === null || folder.id === only).flatMap((folder) => folder.conflicts);
    },
    'conflict.compare': async ({ conflict: wanted }) => {
      const conflict = find(core, wanted);
      return core.reading(conflict.folder, async (vcs) => {
        const head = await vcs.head();
        return compare(vcs, head.state === 'branch' ? await asItIsNow(vcs, conflict, head.commit) : conflict);
      });
    },
    resolve: async ({ conflict: wanted, keep }) => {
      const conflict = find(core, wanted);
      const result = typeof keep === 'string' ? keep : 'text' in keep ? Buffer.from(keep.text, 'utf8') : await readResult(core, keep.file);
      const word = typeof result === 'string' ? result : 'result';
      await core.runner(conflict.folder).edit(({ vcs, replacer }) => settle(vcs, replacer, conflict, result), `Resolve ${conflict.path}: keep ${word}`);
      core.record(conflict.folder, { what: 'resolved', why: 'asked', paths: [conflict.path], params: { keep: word } });
      return {};
    },
  };
}

function find(core: EngineCore, wanted: string): Conflict {
  const all = core.store.get().folders.flatMap((folder) => folder.conflicts);
  const conflict = all.find(({ id }) => id === wanted) ?? all.find(({ copy }) => copy === wanted);
  if (!conflict) throw new LockstepError('no-such-conflict', { conflict: wanted });
  return conflict;
}

async function readResult(core: EngineCore, given: string): Promise<Buffer> {
  const file = wantedPath(core, given);
  const bytes = (await core.options.ports.files.stat(file))?.kind === 'file' ? await core.options.ports.files.readIfThere(file) : null;
  if (bytes === null) throw new LockstepError('no-such-path', { path: file });
  return bytes;
}

/** Closing a conflict is removing its copy, after the wanted bytes stand under the name. */
async function settle(vcs: Vcs, replacer: FileReplacer, conflict: Conflict, result: 'mine' | 'theirs' | 'both' | Buffer): Promise<void> {
  const path = parseDisplayPath(conflict.path);
  const copy = parseDisplayPath(conflict.copy);
  if (result === 'both') {
    await replacer.rename(copy, keptName(copy, await takenNames(vcs, copy)));
    return;
  }
  if (Buffer.isBuffer(result)) await replacer.write(path, result);
  else if (conflict.copySide === result) await replacer.copy(copy, path);
  await replacer.remove(copy);
}

/** A name that no longer says "conflict": `plan (conflict laptop 1a2b3c4).md` becomes `plan (laptop).md`. */
function keptName(copy: RepoPath, taken: ReadonlySet<string>): RepoPath {
  const parsed = parseConflictCopyName(copy);
  const plain = displayPath(copy).replace(/ \(conflict (.+) [0-9a-f]{7,}\)/, ` (${parsed?.machine ?? 'other'})`);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? plain : plain.replace(/\)(?=[^)]*$)/, ` ${number})`);
    if (!taken.has(name)) return parseDisplayPath(name);
  }
}

async function takenNames(vcs: Vcs, copy: RepoPath): Promise<ReadonlySet<string>> {
  const head = await vcs.head();
  if (head.state !== 'branch') return new Set();
  const directory = displayPath(copy).split('/').slice(0, -1).join('/');
  const all = await vcs.diff(null, head.commit, AbortSignal.timeout(30_000));
  return new Set(all.map(({ path }) => displayPath(path)).filter((path) => path.startsWith(directory)));
}

async function compare(vcs: Vcs, conflict: Conflict): Promise<Comparison> {
  const version = async (blob: string | null, machine: string | null) => {
    if (!blob) return { blob: null, machine, text: null, bytes: 0 };
    const bytes = await vcs.readBlob(blob);
    return { blob, machine, text: textOf(bytes), bytes: bytes.length };
  };
  const [base, mine, theirs] = await Promise.all([
    conflict.base ? version(conflict.base, null) : null,
    version(conflict.mine.blob, conflict.mine.machine),
    version(conflict.theirs.blob, conflict.theirs.machine),
  ]);
  return { conflict, base, mine, theirs };
}

/** Null for what is not text: a zero byte, or bytes that are not UTF-8. */
function textOf(bytes: Buffer): string | null {
  if (bytes.length > SHOWN_BYTES || bytes.includes(0)) return null;
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : null;
}
