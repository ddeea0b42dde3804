import { isUnsafePath } from '../apply/unsafe-paths.ts';
import { folderSettings, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { parseDisplayPath, type RepoPath } from '../repo-path.ts';
import type { Vcs } from '../vcs/vcs.ts';

type HistoryHandlers = Pick<EngineHandlers, 'history' | 'show' | 'restore'>;

export function historyCommands(core: EngineCore): HistoryHandlers {
  return {
    history: ({ id, path, limit, before }) =>
      core.reading(folderSettings(core, id).id, async (vcs) => {
        const below = path === undefined || path === '.' ? undefined : insidePath(path.replace(/(.)\/+$/, '$1'));
        const entries = await vcs.history({ limit, ...(below === undefined ? {} : { path: below }), ...(before === undefined ? {} : { before }) });
        if (path !== undefined && entries.length === 0 && before === undefined) throw new LockstepError('no-such-path', { path });
        return [...entries];
      }),
    show: ({ id, commit, path }) =>
      core.reading(folderSettings(core, id).id, async (vcs) => ({ bytes: (await bytesAt(vcs, commit, path)).toString('base64') })),
    restore: async ({ id, commit, path, to }, signal) => {
      const folder = folderSettings(core, id).id;
      const target = to ?? path;
      const place = insidePath(target);
      await core.runner(folder).edit(async ({ vcs, replacer }) => {
        const entry = await vcs.entryAt(commit, insidePath(path));
        if (!entry) throw new LockstepError('no-such-path', { path });
        await replacer.restore(place, entry, signal);
      }, `Restore ${path} from ${commit.slice(0, 7)}`);
      core.record(folder, { what: 'restored', why: 'asked', paths: [target], commit });
      return { path: target };
    },
  };
}

/** A path that a file of the folder can have. Throws `no-such-path` for one that leads outside, or into the repository. */
function insidePath(shown: string): RepoPath {
  const path = parseDisplayPath(shown);
  if (isUnsafePath(path)) throw new LockstepError('no-such-path', { path: shown });
  return path;
}

async function bytesAt(vcs: Vcs, commit: string, path: string): Promise<Buffer> {
  const entry = await vcs.entryAt(commit, insidePath(path));
  if (!entry) throw new LockstepError('no-such-path', { path });
  return vcs.readBlob(entry.id);
}
