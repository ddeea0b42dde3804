import { posix } from 'node:path';
import { folderSettings, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { Rescue } from '../apply/rescue.ts';

export function rescueCommands(core: EngineCore): Pick<EngineHandlers, 'rescue' | 'rescue.restore' | 'held'> {
  const rescueOf = (id: string) => core.reading(id, async (vcs) => new Rescue(core.options.ports, vcs.ownDirectory));
  return {
    rescue: async ({ id }) => [...(await (await rescueOf(folderSettings(core, id).id)).list())],
    'rescue.restore': async ({ id, name, path, to }) => {
      const folder = folderSettings(core, id);
      const rescue = await rescueOf(folder.id);
      const kept = (await rescue.list()).find((entry) => entry.name === name);
      if (!kept) throw new LockstepError('no-such-rescue', { name });
      const target = posix.join(to ?? folder.path, path ?? kept.path);
      await rescue.restore(name, target);
      core.record(folder.id, { what: 'brought-back', why: 'asked', paths: [kept.path] });
      return { path: target };
    },
    held: async ({ id }) => {
      const folder = folderSettings(core, id);
      return core.store.get().folders.find((state) => state.id === folder.id)?.held ?? [];
    },
  };
}
