import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CallServer } from '../call-server.ts';
import { stabilize } from '../stabilize.ts';
import { memoryPlace, type MemoryPlace } from '../memory-place.ts';
import type { SimulatedMachine } from '../machine.ts';
import { makeTemplate, type Template } from '../template.ts';
import { Violation } from '../violation.ts';
import { World } from '../world.ts';
import { Hand } from '../hand.ts';
import { hubDoings } from '../doings/hub.ts';

/** Each promise is broken as a program would break it that has that bug; whoever watches over it must say so, by its word. */

let place: MemoryPlace;
let server: CallServer;
let template: Template;
let world: World;

beforeAll(async () => {
  place = memoryPlace(tmpdir());
  server = new CallServer(join(place.path, 'calls'));
  template = await makeTemplate(place, server);
}, 120_000);

afterAll(async () => {
  await server.close();
  place.remove();
});

beforeEach(async () => {
  world = await World.of(template, { seed: 1, machines: 2 });
  await world.pass(5_000);
  for (const machine of world.machines) await new Hand(world, machine).does(() => undefined);
  await world.oracle.look();
});

afterEach(() => world.close());

const desk = (): SimulatedMachine => world.machine(0);
const desks = (path: string): string => `${desk().folder}/${path}`;

/** Something that a program did without the person, in its own folder. */
async function program(work: () => unknown): Promise<void> {
  await work();
  desk().doings += 1;
}

const git = async (...args: readonly string[]): Promise<string> => (await desk().git(...args)).output.trim();

/** A commit that the desk's program has made, of the tree that its index would be with these paths as they lie in the folder. */
async function programsCommit(paths: readonly string[], parents: readonly string[]): Promise<string> {
  if (paths.length > 0) await git('add', '-A', '--', ...paths);
  const args = ['commit-tree', await git('write-tree'), ...parents.flatMap((parent) => ['-p', parent]), '-m', 'By a program'];
  const hear = world.oracle.call({ machine: desk(), verb: 'commit-tree', args });
  const commit = await git(...args);
  hear(commit);
  return commit;
}

/** As a push of the desk's program would have it. */
async function programsPush(...args: readonly string[]): Promise<void> {
  const hear = world.oracle.call({ machine: desk(), verb: 'push', args: ['push', ...args] });
  await git('push', '-q', ...args);
  hear('');
}

const says = (word: string): Promise<void> => expect(world.oracle.look()).rejects.toThrow(new RegExp(`^${word}: `));

it('finds nothing where nothing is wrong', async () => {
  await new Hand(world, desk()).does(() => writeFileSync(desks('new.txt'), 'new\n'));
  await world.pass(30_000);
  await world.oracle.look();
  await stabilize(world);
});

it.each([
  ['an operation in progress', () => writeFileSync(desks('.git/MERGE_HEAD'), 'x')],
  ['configuration', () => writeFileSync(desks('.git/config'), '')],
  ['a hook', () => (mkdirSync(desks('.git/hooks'), { recursive: true }), writeFileSync(desks('.git/hooks/pre-commit'), ''))],
  ['another branch', () => git('branch', 'other')],
  ['the stash', () => git('update-ref', '--create-reflog', 'refs/stash', 'HEAD')],
])('says that a program has meddled with %s', async (_, work) => {
  await program(work);
  await says('meddled');
});

it('says that what was staged is no longer staged as it was', async () => {
  await new Hand(world, desk()).does(() => (writeFileSync(desks('a.txt'), 'staged\n'), git('add', 'a.txt')));
  await program(() => git('reset', '-q'));
  await says('meddled');
});

it('says that a branch went backwards', async () => {
  const [tip, base] = [await git('rev-parse', 'HEAD'), await git('commit-tree', 'HEAD^{tree}', '-m', 'Another beginning')];
  await program(() => git('update-ref', 'refs/heads/main', base, tip));
  await says('rewound');
});

it('says that the last ref to what the remote had is gone', async () => {
  const seen = await git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'From elsewhere');
  await new Hand(world, desk()).does(() => git('update-ref', 'refs/remotes/origin/main', seen));
  await program(() => git('update-ref', 'refs/remotes/origin/main', 'HEAD'));
  await says('rewound');
});

it('says that a push went over what was there', async () => {
  const base = await git('commit-tree', 'HEAD^{tree}', '-m', 'Another beginning');
  await programsPush('--force-with-lease', 'origin', `${base}:refs/heads/main`);
  await says('rewound');
});

it('says that a push could go over whatever is there, even where it did not', async () => {
  await programsPush('origin', '+HEAD:refs/heads/main');
  await says('rewound');
});

it('says that most files were taken away and pushed without a question', async () => {
  rmSync(desks('kept'), { recursive: true });
  await programsPush('origin', `${await programsCommit(['kept'], ['HEAD'])}:refs/heads/main`);
  await says('unasked');
});

it('says that an ignored file was changed', async () => {
  await new Hand(world, desk()).does(() => writeFileSync(desks('x.ign'), 'mine\n'));
  await program(() => writeFileSync(desks('x.ign'), 'not mine\n'));
  await says('ignored');
});

it('says that an ignored content has come to the hub', async () => {
  await new Hand(world, desk()).does(() => writeFileSync(desks('x.ign'), 'mine\n'));
  await world.blobAtHub('mine\n');
  await says('leaked');
});

it('says that a version rested and is in no commit', async () => {
  writeFileSync(desks('a.txt'), 'nobody was told of it\n');
  await program(() => undefined);
  await world.pass(20_000);
  await says('uncommitted');
});

it('owes a version that had rested, though the person saved another over it', async () => {
  const hand = new Hand(world, desk());
  await world.stopMachine(desk());
  await hand.does(() => writeFileSync(desks('a.txt'), 'rested\n'));
  world.ledger.owe([...desk().contents.workTree().values()].map(({ id }) => id));
  await hand.does(() => writeFileSync(desks('a.txt'), 'saved over it\n'));
  expect(await world.ledger.missing()).toMatchObject([{ path: 'a.txt', machine: 'desk' }]);
});

it.each([['without one side', 'dropped'], ['with a copy of what kept its name', 'copies']])('says that a program merged %s', async (how, word) => {
  const base = await git('rev-parse', 'HEAD');
  const side = async (text: string): Promise<string> => (writeFileSync(desks('a.txt'), text), programsCommit(['a.txt'], [base]));
  const [one, other] = [await side('one\n'), await side('other\n')];
  if (word === 'copies') for (const path of ['a (conflict desk 1234567).txt', 'a (conflict laptop 1234567).txt']) writeFileSync(desks(path), path.includes('desk') ? 'one\n' : 'other\n');
  const merge = await programsCommit(['.'], [one, other]);
  await programsPush('origin', `${merge}:refs/heads/main`);
  await expect(world.oracle.atRest(), how).rejects.toThrow(new RegExp(`^${word}: `));
});

it.each([
  ['outside of everything', () => world.oracle.change(desk(), ['/tmp/elsewhere'])],
  ['in the folder of another machine', () => world.oracle.change(desk(), [`${world.machine(1).folder}/a.txt`])],
  ['by a git that writes the work tree', () => world.oracle.call({ machine: desk(), verb: 'checkout', args: ['checkout'] })],
])('says that something is written %s', async (_, work) => {
  work();
  await says('outside');
});

it('says that two programs made different commits of the same merge', async () => {
  for (const [machine, made] of [[desk(), 'one'], [world.machine(1), 'another']] as const) world.oracle.call({ machine, verb: 'commit-tree', args: ['commit-tree', 'tree', '-p', 'a', '-p', 'b'] })(made);
  await says('apart');
});

it('says that a program merged what one side held already', async () => {
  const commit = await git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'Ahead');
  const parents = [await git('rev-parse', 'HEAD'), commit];
  await programsCommit([], parents);
  await says('restless');
});

it('says that a program works without end, and ends it', async () => {
  for (let call = 0; call <= 500; call += 1) world.oracle.call({ machine: desk(), verb: 'fetch', args: ['fetch'] });
  expect(desk().isUp).toBe(false);
  await says('restless');
});

it('says that a program waits while no time passes, and ends it', async () => {
  world.oracle.endless(desk());
  expect(desk().isUp).toBe(false);
  await says('restless');
});

/** As the desk's program moves its branch. */
async function programsMove(to: string): Promise<void> {
  const from = await git('rev-parse', 'HEAD');
  const hear = world.oracle.call({ machine: desk(), verb: 'update-ref', args: ['update-ref', '-m', 'x', 'refs/heads/main', to, from] });
  await git('update-ref', 'refs/heads/main', to, from);
  hear('');
}

it.each([
  ['takes away', () => rmSync(desks('a.txt'))],
  ['changes', () => writeFileSync(desks('a.txt'), 'by a program\n')],
  ['adds', () => writeFileSync(desks('of-nobody.txt'), 'by a program\n')],
])('says that a commit %s what nobody did', async (_, work) => {
  work();
  const commit = await programsCommit(['.'], ['HEAD']);
  await program(() => programsMove(commit));
  await says('invented');
});

it('knows what a person did, in a file or in the window, and what came from elsewhere', async () => {
  await world.stopMachine(desk());
  await new Hand(world, desk()).does(() => writeFileSync(desks('a.txt'), 'by a person\n'));
  world.chosen(desk(), ['b.txt']);
  writeFileSync(desks('b.txt'), 'as they chose\n');
  const there = await strangersTip();
  world.oracle.call({ machine: desk(), verb: 'fetch', args: ['fetch'] })('');
  await git('restore', '--source', there, '--', 'strange.txt');
  await programsMove(await programsCommit(['.'], ['HEAD']));
  await world.oracle.look();
});

/** Somebody else's commit on the hub, which the desk has fetched; gives its id. */
async function strangersTip(): Promise<string> {
  await hubDoings.stranger(world, 1);
  await git('fetch', '-q', 'origin');
  return git('rev-parse', 'refs/remotes/origin/main');
}

it('says that a rewritten hub was taken in without a question', async () => {
  await world.stopMachine(desk());
  const anew = await git('commit-tree', 'HEAD^{tree}', '-m', 'Another beginning');
  await git('push', '-qf', 'origin', `${anew}:refs/heads/main`);
  await git('fetch', '-qf', 'origin');
  const merge = await programsCommit(['.'], ['HEAD', 'refs/remotes/origin/main']);
  await programsMove(merge);
  await says('unasked');
});

it('says that a hub that lost its branch was filled again without a question', async () => {
  await hubDoings.emptied(world);
  await programsPush('origin', 'HEAD:refs/heads/main');
  await says('unasked');
});

it('says that a folder waits for a person who has staged nothing', async () => {
  writeFileSync(desks('a.txt'), 'staged by nobody\n');
  await git('add', 'a.txt');
  await program(() => desk().watch?.lookBelow(desk().folder));
  for (let passed = 0; passed < 3; passed += 1) {
    await world.pass(40_000);
    if (passed < 2) await world.oracle.look();
  }
  await says('blamed');
});

it('says that a lock was left', async () => {
  writeFileSync(desks('.git/refs/heads/main.lock'), '');
  await expect(world.oracle.atRest()).rejects.toThrow(/^left: /);
});

it('says that a repository is damaged', async () => {
  for (const name of readdirSync(`${world.hub}/objects`)) rmSync(`${world.hub}/objects/${name}`, { recursive: true });
  await expect(world.oracle.atRest()).rejects.toThrow(/^damaged: /);
});

it('goes on to say it when it was found in the middle of something', async () => {
  world.oracle.change(desk(), ['/tmp/elsewhere']);
  const said = await world.oracle.look().catch((error: unknown) => error);
  expect(said).toBeInstanceOf(Violation);
});
