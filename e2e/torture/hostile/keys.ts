import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXECUTING_KEYS, HOOKS, POISONED_ATTRIBUTES, type ExecutingKey } from '../../../electron/engine/testing/hostile/executing-keys.ts';
import { CONFIG_PLACES, poison, whatRan, type ConfigPlace } from '../../../electron/engine/testing/hostile/poison.ts';
import { Machines, type Machine } from '../../../electron/engine/testing/machines.ts';
import type { Run } from '../part.ts';
import { everyAction } from './every-action.ts';
import { PlainGit } from './plain-git.ts';
import { figure, together, type Found } from './trial.ts';

const HOOK_PLACES = 2;

interface Poisoned {
  readonly keys: readonly ExecutingKey[];
  readonly place: ConfigPlace;
  readonly hooks: boolean;
}

/** A folder whose repository would run something at every turn is watched, saved in, pulled into, asked about; nothing may run until it is trusted. */
export async function keysTrial(run: Run, { places = CONFIG_PLACES, oneByOne = true, control = true }: { places?: readonly ConfigPlace[]; oneByOne?: boolean; control?: boolean } = {}): Promise<Found> {
  const found: Found[] = [];
  for (const place of places) {
    run.say(`every key and hook at once (${place})`);
    found.push(await inEngine({ keys: EXECUTING_KEYS, place, hooks: true }));
  }
  if (oneByOne) {
    run.say('each key alone');
    for (const key of EXECUTING_KEYS) found.push(await inEngine({ keys: [key], place: 'config', hooks: false }));
  }
  if (control) found.push(await withPlainGit(join(run.directory, 'plain')));
  return together(found);
}

async function inEngine(poisoned: Poisoned): Promise<Found> {
  const machines = new Machines();
  const canaries = join(machines.directory, 'canaries');
  mkdirSync(canaries);
  try {
    const prepare = (path: string): void => poison({ path, canaries, hub: machines.hub, ...poisoned });
    const desk = await machines.add('desk', {}, (ports) => ports, { prepare });
    const { asked, surprises } = await live(machines, desk);
    const ran = whatRan(canaries);
    const what = poisoned.keys.length === 1 ? poisoned.keys[0]?.name : `all keys in ${poisoned.place}`;
    const dead = poisoned.hooks && !(await runsOnceTrusted(desk, canaries)) ? [`${what}: nothing ran when it was trusted, so that the trial shows nothing`] : [];
    const written = existsSync(join(dirname(canaries), 'elsewhere')) ? [`${what}: core.worktree was written to`] : [];
    return {
      figures: [figure('executing keys and hooks, times actions of the whole engine', (poisoned.keys.length + (poisoned.hooks ? HOOKS.length * HOOK_PLACES : 0)) * asked), figure('of them ran', ran.length)],
      failures: [...ran.map((name) => `${what}: ${name} ran`), ...dead, ...written, ...surprises.map((surprise) => `${what}: ${surprise}`)],
    };
  } finally {
    await machines.close();
  }
}

/** What happens to a folder in its life, then everything that can be asked of it, then a restart. */
export async function live(machines: Machines, desk: Machine): Promise<{ asked: number; surprises: string[] }> {
  writeFileSync(desk.path('a.txt'), 'one\n');
  await desk.sync();
  const peer = join(machines.directory, 'peer');
  machines.git(machines.directory, 'clone', '-q', machines.hub, peer);
  for (const [name, content] of Object.entries({ 'a.txt': 'of the peer\n', '.gitattributes': POISONED_ATTRIBUTES, 'x.streaming': 's\n', 'x.external': 'e\n', 'x.quoted': 'q\n' })) writeFileSync(join(peer, name), content);
  machines.git(peer, 'add', '-A');
  machines.git(peer, 'commit', '-qm', 'Of the peer');
  machines.git(peer, 'push', '-q', 'origin', 'main');
  writeFileSync(desk.path('a.txt'), 'of the desk\n');
  const { conflicts, problem, id } = await desk.sync();
  const trouble = conflicts.length === 1 && problem === null ? [] : [`it did not live: ${problem?.code ?? 'no conflict'}`];
  const { asked, surprises } = await everyAction(desk.engine, { folder: id, directory: join(machines.directory, 'asked'), hub: machines.hub }, new AbortController().signal);
  await desk.stop();
  await desk.start();
  writeFileSync(desk.path('b.txt'), 'after the restart\n');
  await desk.engine.handlers['folder.set']({ id, options: { message: 'auto' } }, new AbortController().signal);
  await desk.sync();
  return { asked: asked + FLOWS, surprises: [...trouble, ...surprises] };
}

/** Save, pull with a conflict, stop, start, save again. */
const FLOWS = 5;

async function runsOnceTrusted(desk: Machine, canaries: string): Promise<boolean> {
  await desk.engine.handlers['folder.set']({ id: desk.state.id, options: { trust: true } }, new AbortController().signal);
  writeFileSync(desk.path('c.txt'), 'trusted\n');
  await desk.sync();
  return whatRan(canaries).length > 0;
}

/** That the poison is alive. */
async function withPlainGit(directory: string): Promise<Found> {
  const plain = await PlainGit.prepare(directory);
  const shown = EXECUTING_KEYS.filter(({ by }) => by !== null);
  const dead: string[] = [];
  for (const key of shown) if (!(await plain.fires(key))) dead.push(key.name);
  return {
    figures: [figure('keys that plain git runs at a person’s command', `${shown.length - dead.length} of ${EXECUTING_KEYS.length}`)],
    failures: dead.map((name) => `${name} does not run with plain git, so that the trial shows nothing`),
  };
}
