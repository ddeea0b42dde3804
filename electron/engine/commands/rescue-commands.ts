import type { CommandInput, Rescued } from '../../../shared/commands.ts';
import { bringBack, bringBackFrom, bringBackState, localTime } from '../apply/bring-back.ts';
import { isLetGo, keptUntil, Rescue } from '../apply/rescue.ts';
import { folderSettings, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { wantedPath } from './folder-place.ts';
import { displayPath, parseDisplayPath } from '../repo-path.ts';
import type { SetAsideState, Vcs } from '../vcs/vcs.ts';

export function rescueCommands(core: EngineCore): Pick<EngineHandlers, 'rescue' | 'rescue.restore' | 'held'> {
  return {
    rescue: ({ id }) =>
      core.reading(folderSettings(core, id).id, async (vcs) => {
        const files = await new Rescue(core.options.ports, vcs.ownDirectory).list();
        return [...files, ...(await vcs.setAside()).map(listed)].sort((a, b) => b.at.localeCompare(a.at));
      }),
    'rescue.restore': async (input, signal) => {
      const folder = folderSettings(core, input.id);
      const to = input.to === undefined ? undefined : wantedPath(core, input.to);
      const path = await core.reading(folder.id, async (vcs) => restore(core, vcs, { ...input, to, folder: folder.path }, signal));
      core.record(folder.id, { what: 'brought-back', why: 'asked', paths: [path] });
      return { path };
    },
    held: async ({ id }) => {
      const folder = folderSettings(core, id);
      return core.store.get().folders.find((state) => state.id === folder.id)?.held ?? [];
    },
  };
}

const listed = ({ name, why, atMs }: SetAsideState): Rescued => ({
  name,
  why,
  at: new Date(atMs).toISOString(),
  path: '.',
  bytes: 0,
  keptUntil: isLetGo(why) ? keptUntil(atMs) : null,
});

/** Gives the absolute path of what is back. A whole state comes beside the folder where nothing else is said: in it, it would be committed. */
async function restore(core: EngineCore, vcs: Vcs, { name, path, to, folder }: CommandInput<'rescue.restore'> & { readonly folder: string }, signal: AbortSignal): Promise<string> {
  const { ports } = core.options;
  const directory = to ?? folder;
  const below = path === undefined ? undefined : parseDisplayPath(path);
  const state = (await vcs.setAside()).find((each) => each.name === name);
  if (state && below === undefined) {
    const place = to ?? `${folder} (as of ${localTime(state.atMs)})`;
    await bringBackState(ports.files, vcs, state, place, signal);
    return place;
  }
  const back = state && below !== undefined ? await bringBackFrom(ports.files, vcs, state, below, directory, signal) : await bringBack(ports, vcs, { name, path: below, directory });
  return `${directory.replace(/(.)\/+$/, '$1')}/${displayPath(back)}`;
}
