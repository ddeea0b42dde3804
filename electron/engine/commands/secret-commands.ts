import type { Problem } from '../../../shared/problem.ts';
import { problemTier } from '../../../shared/problem.ts';
import type { FolderSettings, LetThrough } from '../../../shared/settings.ts';
import { folderSettings, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { heldSecrets } from '../folder/let-through.ts';
import { takeOut } from '../folder/take-out.ts';

export function secretCommands(core: EngineCore): Pick<EngineHandlers, 'folder.take-out'> {
  return {
    'folder.take-out': async ({ id, path }) => {
      const runner = core.runner(folderSettings(core, id).id);
      const taken = await runner.between((context, signal) => takeOut(context, path, signal));
      runner.goOn();
      return { commits: taken.commits, paths: [...taken.paths] };
    },
  };
}

/** Whether approving without a path means what is held as a secret: nothing else is asked. */
export const asksOnlyForSecrets = (problem: Problem | null): boolean => problem === null || problem.code === 'secret-found' || problemTier(problem.code) === 'note';

/** Remembers what the person lets through: in one file, or wherever a secret is held back now. Throws `no-such-path` when none is in that file. */
export async function letSecretsThrough(core: EngineCore, folder: FolderSettings, { path, always = false }: { readonly path: string | undefined; readonly always: boolean | undefined }): Promise<void> {
  const found = await core.runner(folder.id).between((context, signal) => heldSecrets(context, path, signal));
  if (path !== undefined && found.length === 0) throw new LockstepError('no-such-path', { path });
  if (found.length === 0) return;
  const entries = found.map((entry) => (always ? { ...entry, digest: null } : entry));
  await core.change((settings) => ({ ...settings, folders: settings.folders.map((other) => (other.id === folder.id ? { ...other, letThrough: merged(other.letThrough, entries) } : other)) }));
}

const merged = (before: readonly LetThrough[], added: readonly LetThrough[]): LetThrough[] => [...new Map([...before, ...added].map((entry) => [JSON.stringify([entry.path, entry.rule, entry.digest]), entry])).values()];
