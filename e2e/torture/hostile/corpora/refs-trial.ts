import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LockstepError } from '../../../../electron/engine/errors.ts';
import type { Machine } from '../../../../electron/engine/testing/machines.ts';
import { sized, type Run } from '../../part.ts';
import { SeededRandom } from '../../random.ts';
import { figure, type Found } from '../trial.ts';
import { LookedAt } from './looked-at.ts';
import { mutated } from './mutated.ts';

/** Names for branches and remotes that git would not make, or that something takes for more than a name. `RAN` as with addresses. */
const NAMES: readonly string[] = [
  ...['-evil', '--upload-pack=touch RAN/x', '--output=RAN/x', '--exec=touch RAN/x', '-', '--', '-oProxyCommand=touch RAN/x', 'ext::sh -c touch% RAN/x', '$(touch RAN/x)', '`touch RAN/x`', ';touch RAN/x', '|touch RAN/x', '&&touch RAN/x', "';touch RAN/x;'", '"', '$IFS'],
  ...['HEAD', '@', 'FETCH_HEAD', 'MERGE_HEAD', 'refs/heads/main', 'heads/main', 'main.lock', 'a.lock/b', 'a..b', '..', '.', '.a', 'a/.b', 'a//b', '/a', 'a/', 'a.', 'a b', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[x', 'a\\b', 'a@{1}', '@{-1}', '@{u}', 'main:a.txt', '^main', '+main', 'main:refs/heads/x'],
  ...['../../config', '../../../beside/sentinel', '../hooks/post-checkout', '../../hooks/post-checkout', 'main/../../../config', '/etc/x', 'RAN/x', 'lockstep/kept/x', 'stash', '__proto__', 'constructor'],
  ...['\u202egit', '\u200b', 'é', 'e\u0301', '\ud800', '\x7f', '\x1b[2J', 'a\tb', 'a\nb', 'a\r\nb', 'a\0b', ' ', 'x'.repeat(250), 'x'.repeat(4_096), 'a/'.repeat(2_000)],
];
const MUTATIONS = 60;

const limit = (): AbortSignal => AbortSignal.timeout(60_000);

interface Entrance {
  readonly name: string;
  readonly tell: (looked: LookedAt, desk: Machine, name: string, number: number) => Promise<unknown>;
}

const ENTRANCES: readonly Entrance[] = [
  { name: 'folder set branch=', tell: async (_looked, desk, branch) => (await desk.engine.handlers['folder.set']({ id: 'desk', branch, options: {} }, limit()), synced(desk)) },
  { name: 'folder set remote=', tell: (_looked, desk, remote) => desk.engine.handlers['folder.set']({ id: 'desk', remote, options: {} }, limit()) },
  { name: 'folder add --branch', tell: ({ machines }, desk, branch, number) => desk.engine.handlers['folder.add']({ path: join(machines.directory, `branch-${number}`), clone: machines.hub, branch, paused: true, options: {} }, limit()) },
  { name: 'HEAD of a repository', tell: ownHead },
  { name: 'HEAD and branches of a remote', tell: remoteHead },
  { name: 'a remote of a repository', tell: remoteName },
];

/** Names of branches and remotes, through every entrance: none is taken for an option, a path or a command. */
export async function refsTrial(run: Run): Promise<Found> {
  const random = new SeededRandom(run.seed);
  const changed = Array.from({ length: sized(MUTATIONS, run) }, () => mutated(random, random.pick([...NAMES, 'main', 'feature/x'])));
  const names = run.scale < 1 ? [...changed, ...Array.from({ length: sized(NAMES.length, run) }, () => random.pick(NAMES))] : [...NAMES, ...changed];
  const looked = new LookedAt();
  try {
    const desk = await looked.machine('desk');
    const config = readFileSync(join(desk.folder, '.git/config'), 'utf8');
    for (const { name, tell } of ENTRANCES) {
      run.say(`names of branches and remotes: ${name}`);
      for (const [number, raw] of names.entries()) {
        const given = raw.replaceAll('RAN', looked.ran);
        await looked.tell(`${name} ${JSON.stringify(given).slice(0, 200)}`, 'either', () => tell(looked, desk, given, number));
        writeFileSync(join(desk.folder, '.git/config'), config);
      }
      await desk.engine.handlers['folder.set']({ id: 'desk', branch: 'main', remote: 'origin', options: {} }, limit());
    }
    await looked.tell('afterwards', 'either', async () => {
      writeFileSync(desk.path('after.txt'), 'after all\n');
      await synced(desk);
    });
    if (!looked.machines.git(looked.machines.hub, 'ls-tree', '--name-only', 'main').includes('after.txt')) looked.failures.push('names: the folder does not go on afterwards');
    return { figures: [figure('names of branches and remotes, times entrances', names.length * ENTRANCES.length)], failures: looked.failures };
  } finally {
    await looked.close();
  }
}

async function synced(desk: Machine): Promise<void> {
  const { problem } = await desk.sync(30);
  if (problem) throw new LockstepError(problem.code, problem.params);
}

/** As somebody made it who sends a repository around. */
async function ownHead({ machines }: LookedAt, desk: Machine, name: string, number: number): Promise<void> {
  const path = join(machines.directory, `head-${number}`);
  machines.git(machines.directory, 'clone', '-q', machines.hub, path);
  writeFileSync(join(path, '.git/HEAD'), `ref: refs/heads/${name}\n`);
  await added(desk, path, () => desk.engine.handlers['folder.add']({ path, paused: false, options: { commitDelay: 0 } }, limit()));
}

/** A server says what it likes of its branches. */
async function remoteHead({ machines }: LookedAt, desk: Machine, name: string, number: number): Promise<void> {
  const hub = join(machines.directory, `hub-${number}.git`);
  machines.git(machines.directory, 'clone', '-q', '--bare', machines.hub, hub);
  const id = machines.git(hub, 'rev-parse', 'main').trim();
  writeFileSync(join(hub, 'packed-refs'), `# pack-refs with: peeled fully-peeled \n${id} refs/heads/main\n${id} refs/heads/${name}\n`);
  writeFileSync(join(hub, 'HEAD'), `ref: refs/heads/${name}\n`);
  const path = join(machines.directory, `of-hub-${number}`);
  await added(desk, path, () => desk.engine.handlers['folder.add']({ path, clone: hub, paused: false, options: { commitDelay: 0 } }, limit()));
}

async function remoteName({ machines }: LookedAt, desk: Machine, name: string, number: number): Promise<void> {
  const path = join(machines.directory, `remote-${number}`);
  machines.git(machines.directory, 'clone', '-q', machines.hub, path);
  // As git quotes it (git-config(1)): a line break cannot stand there.
  const quoted = name.replace(/[\n\0]/g, '').replace(/[\\"]/g, '\\$&');
  const file = join(path, '.git/config');
  writeFileSync(file, readFileSync(file, 'utf8').replace('[remote "origin"]', () => `[remote "${quoted}"]`));
  await added(desk, path, () => desk.engine.handlers['folder.add']({ path, paused: false, options: { commitDelay: 0 } }, limit()));
}

/** It is added, saved in, asked for, and goes again. */
async function added(desk: Machine, path: string, add: () => Promise<{ readonly id: string }>): Promise<void> {
  try {
    const { id } = await add();
    try {
      mkdirSync(dirname(join(path, 'a.txt')), { recursive: true });
      writeFileSync(join(path, 'a.txt'), 'saved\n');
      await desk.engine.handlers.sync({ id, timeoutS: 30 }, limit());
      await desk.engine.handlers.history({ id, limit: 5 }, limit());
    } finally {
      await desk.engine.handlers['folder.remove']({ id }, limit());
    }
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
