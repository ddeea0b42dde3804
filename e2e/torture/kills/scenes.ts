import { symlinkSync } from 'node:fs';
import type { AttachedEngine } from '../../../electron/control/attached-engine.ts';
import type { Conflict } from '../../../shared/app-state.ts';
import { token } from './chance.ts';
import { untilInStep } from './in-step.ts';
import { LookedOn } from './looked-on.ts';
import { Program } from './program.ts';
import type { Scene, Stage } from './scene.ts';
import { World, write, type Files } from './world.ts';

const REST_LIMIT_MS = 30_000;

const NOTHING = /^$/;
const NAMES = ['edited', 'gone', 'moved', 'both', 'theirs', 'dropped', 'flat', 'dir/inner', 'dir/other'];

const base = (seed: number): Record<string, string> => ({ '.gitignore': '*.env\n', ...Object.fromEntries(NAMES.map((name) => [name, token(seed, name)])) });

/** What was saved here while nothing ran. */
function saveHere({ seed }: Stage, world: World): void {
  const files: Files = { edited: token(seed, 'edited here'), gone: null, moved: null, 'new/place/moved': token(seed, 'moved'), fresh: token(seed, 'fresh'), both: token(seed, 'both here'), 'own.env': token(seed, 'own.env') };
  write(world.watched, files);
  symlinkSync('edited', world.path('watched/link'));
}

/** What came to the hub from elsewhere: a file takes the place of a folder and the other way round, an ignored one is in the way. */
async function saveElsewhere({ seed }: Stage, world: World): Promise<void> {
  const files: Files = { theirs: token(seed, 'theirs there'), dropped: null, flat: null, 'flat/below': token(seed, 'below'), dir: token(seed, 'dir'), both: token(seed, 'both there'), 'own.env': token(seed, 'own.env there') };
  await world.changeElsewhere(files);
}

const first: Scene = {
  name: 'first',
  vanishing: NOTHING,
  async create({ product, seed, directory }) {
    const world = await World.create(directory);
    await product.watch(world);
    write(world.watched, { one: token(seed, 'one'), 'two/three': token(seed, 'three') });
    return world;
  },
};

async function create(stage: Stage, options: readonly string[] = []): Promise<World> {
  const world = await World.create(stage.directory, base(stage.seed));
  await stage.product.watch(world, ...options);
  return world;
}

/** Lets the program deal with all there is, and ends it. */
async function live({ product }: Stage, world: World): Promise<World> {
  const program = new Program(world, product.daemon);
  const end = await untilInStep(world, program, REST_LIMIT_MS);
  await program.stop();
  if (end !== 'in-step') throw new Error(`A scene could not be made: ${end}\n${program.said}`);
  return world;
}

const save: Scene = {
  name: 'save',
  vanishing: NOTHING,
  async create(stage) {
    const world = await create(stage);
    saveHere(stage, world);
    return world;
  },
};

const pull: Scene = {
  name: 'pull',
  vanishing: /^(dropped|dir\/.*)$/,
  async create(stage) {
    const world = await create(stage);
    write(world.watched, { 'own.env': token(stage.seed, 'own.env') });
    await saveElsewhere(stage, world);
    return world;
  },
};

const merge: Scene = {
  name: 'merge',
  vanishing: /^(dropped|dir\/.*)$/,
  async create(stage) {
    const world = await create(stage);
    saveHere(stage, world);
    await saveElsewhere(stage, world);
    return world;
  },
};

const settings: Scene = {
  name: 'settings',
  vanishing: NOTHING,
  async create(stage) {
    const world = await create(stage);
    await world.git('.', 'clone', '-q', world.hub, 'second');
    return world;
  },
  later: {
    save: (world, seed) => write(world.watched, { 'while asked': token(seed, 'while asked') }),
    async ask(world, { handlers }) {
      await handlers['folder.set']({ id: 'watched', name: 'another name', options: { pushDelay: 0.1 } }, never());
      await handlers['settings.set']({ theme: 'dark' }, never());
      await handlers['folder.add']({ path: world.path('second'), paused: false, options: { poll: 3600 } }, never());
    },
  },
};

const resolve: Scene = {
  name: 'resolve',
  vanishing: / \(conflict /,
  async create(stage) {
    return live(stage, await merge.create(stage));
  },
  later: {
    save: () => undefined,
    async ask(_world, engine, seed) {
      const { handlers } = engine;
      for (const { id } of await openConflicts(engine)) await handlers.resolve({ conflict: id, keep: { text: token(seed, 'both, by hand') } }, never());
    },
  },
};

const restore: Scene = {
  name: 'restore',
  vanishing: NOTHING,
  async create(stage) {
    // Long enough for the restored version to come before the commit of what it replaces.
    const world = await create(stage, ['--commit-delay', '2']);
    write(world.watched, { edited: token(stage.seed, 'edited before') });
    return live(stage, world);
  },
  later: {
    save: (world, seed) => write(world.watched, { edited: token(seed, 'not committed yet') }),
    async ask(world, { handlers }) {
      const first = await world.git('watched', 'rev-list', '--max-parents=0', 'HEAD');
      await handlers.restore({ id: 'watched', commit: first, path: 'edited' }, never());
    },
  },
};

const rescue: Scene = {
  name: 'rescue',
  vanishing: NOTHING,
  async create(stage) {
    return live(stage, await pull.create(stage));
  },
  later: {
    save: () => undefined,
    async ask(_world, { handlers }) {
      for (const { name } of await handlers.rescue({ id: 'watched' }, never())) await handlers['rescue.restore']({ id: 'watched', name }, never());
    },
  },
};

/** The next start after a kill in the middle of an apply, and then a kill in that. */
const again: Scene = {
  name: 'again',
  vanishing: merge.vanishing,
  async create(stage) {
    const world = await merge.create(stage);
    const eyes = new LookedOn(world);
    const program = eyes.start(stage.product);
    eyes.begin((label) => label.startsWith('rename watched/theirs -> '));
    await untilInStep(world, program, REST_LIMIT_MS);
    await eyes.gone();
    if (eyes.killedAt === null) throw new Error('The apply to be killed in did not come');
    return world;
  },
};

/** They are counted a moment after the folder is in step. */
function openConflicts({ store }: AttachedEngine): Promise<readonly Conflict[]> {
  return new Promise((resolve) => {
    const end = store.subscribe(({ folders }) => {
      const conflicts = folders.flatMap((folder) => folder.conflicts);
      if (conflicts.length === 0) return;
      queueMicrotask(() => end());
      resolve(conflicts);
    });
  });
}

const never = (): AbortSignal => new AbortController().signal;

/** In git's processes, and in the program. */
export const GIT_SCENES: readonly Scene[] = [first, save, pull, merge];
export const PROGRAM_SCENES: readonly Scene[] = [first, save, pull, merge, again, settings, resolve, restore, rescue];
