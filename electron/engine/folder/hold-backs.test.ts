import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../shared/problem.ts';
import { folderDocument } from '../../../shared/status-document.ts';
import { createText } from '../../../shared/text/text.ts';
import { Machines, type Machine } from '../testing/machines.ts';
import { expectHeld, expectTold } from '../testing/told.ts';
import { TurnedClock } from '../testing/turned-clock.ts';

const limit = (): AbortSignal => AbortSignal.timeout(20_000);

let machines: Machines;
let desk: Machine;
let closing: (() => void)[];
beforeEach(async () => {
  machines = new Machines();
  closing = [];
  desk = await machines.add('desk', { poll: 600, commitDelay: 0.5, maxFileSize: 1_000 }, (ports) => ({ ...ports, clock: new TurnedClock(8) }));
});
afterEach(async () => {
  for (const close of closing) close();
  await machines.close();
});

const hubFiles = (): string[] => machines.git(machines.hub, 'ls-tree', '-r', '-z', '--name-only', 'main').split('\0').filter(Boolean);
const hubFile = (name: string): string => machines.git(machines.hub, 'show', `main:${name}`);

function repositoryIn(name: string): void {
  mkdirSync(desk.path(name), { recursive: true });
  machines.git(desk.path(name), 'init', '-q');
}

function repositoryWithCommit(name: string): void {
  repositoryIn(name);
  writeFileSync(desk.path(`${name}/own.txt`), 'own\n');
  machines.git(desk.path(name), 'add', '-A');
  machines.git(desk.path(name), 'commit', '-qm', 'Own');
}

function socketAt(name: string): void {
  const server: Server = createServer().listen(desk.path(name));
  closing.push(() => server.close());
}

const fifoAt = (name: string): Buffer => execFileSync('mkfifo', [desk.path(name)]);

interface Case {
  readonly name: string;
  readonly code: ProblemCode;
  /** What is listed. */
  readonly path: string;
  readonly naming: RegExp;
  readonly next: RegExp;
  readonly cause: () => void;
  readonly cure: () => unknown;
  /** What the hub holds of it afterwards; null: nothing. */
  readonly after: readonly [file: string, content: string] | null;
}

const LARGE = 'x'.repeat(1_500);
const CASES: readonly Case[] = [
  {
    name: 'a file above the limit goes out when the limit is raised',
    code: 'file-too-large',
    path: 'big.bin',
    naming: /big\.bin is 1\.5 kB; the limit for this folder is 1 kB/,
    next: /lockstep folder set desk max-file-size=1500/,
    cause: () => writeFileSync(desk.path('big.bin'), LARGE),
    cure: () => desk.engine.handlers['folder.set']({ id: 'desk', options: { maxFileSize: 2_000 } }, limit()),
    after: ['big.bin', LARGE],
  },
  {
    name: 'a tracked file that grows above the limit stays as it was until it shrinks',
    code: 'file-too-large',
    path: 'start.txt',
    naming: /start\.txt is/,
    next: /max-file-size/,
    cause: () => writeFileSync(desk.path('start.txt'), LARGE),
    cure: () => writeFileSync(desk.path('start.txt'), 'small again\n'),
    after: ['start.txt', 'small again\n'],
  },
  {
    name: 'an empty nested repository is left out until it is none',
    code: 'nested-repository',
    path: 'vendor/tool',
    naming: /vendor\/tool is a repository of its own/,
    next: /lockstep folder add .*\/vendor\/tool/,
    cause: () => repositoryIn('vendor/tool'),
    cure: () => (rmSync(desk.path('vendor/tool/.git'), { recursive: true }), writeFileSync(desk.path('vendor/tool/a.txt'), 'a\n')),
    after: ['vendor/tool/a.txt', 'a\n'],
  },
  {
    name: 'a nested repository with commits is left out, and no link to it is made, until it is none',
    code: 'nested-repository',
    path: 'tool',
    naming: /tool is a repository of its own/,
    next: /lockstep folder add/,
    cause: () => repositoryWithCommit('tool'),
    cure: () => rmSync(desk.path('tool/.git'), { recursive: true }),
    after: ['tool/own.txt', 'own\n'],
  },
  {
    name: 'a nested Mercurial repository is left out until it is none',
    code: 'nested-repository',
    path: 'lab',
    naming: /lab is a repository of its own/,
    next: /lockstep folder add/,
    cause: () => (mkdirSync(desk.path('lab/.hg'), { recursive: true }), writeFileSync(desk.path('lab/.hg/requires'), 'store\n'), writeFileSync(desk.path('lab/a.txt'), 'a\n')),
    cure: () => rmSync(desk.path('lab/.hg'), { recursive: true }),
    after: ['lab/a.txt', 'a\n'],
  },
  {
    name: 'a folder that other systems take for a repository is left out until it is called otherwise',
    code: 'nested-repository',
    path: 'old/.GIT',
    naming: /old\/\.GIT is a repository of its own/,
    next: /lockstep folder add/,
    cause: () => (mkdirSync(desk.path('old/.GIT'), { recursive: true }), writeFileSync(desk.path('old/.GIT/HEAD'), 'ref: refs/heads/main\n')),
    cure: () => renameSync(desk.path('old/.GIT'), desk.path('old/git')),
    after: ['old/git/HEAD', 'ref: refs/heads/main\n'],
  },
  {
    name: 'a file that other systems take for a repository is left out until it is called otherwise',
    code: 'unsupported-file',
    path: 'hg~1',
    naming: /hg~1 has a name that some systems take for a repository/,
    next: /Call '.*hg~1' something else/,
    cause: () => writeFileSync(desk.path('hg~1'), 'notes\n'),
    cure: () => renameSync(desk.path('hg~1'), desk.path('hg-1')),
    after: ['hg-1', 'notes\n'],
  },
  {
    name: 'a fifo is left out, without being opened, until it goes',
    code: 'unsupported-file',
    path: 'pipe',
    naming: /pipe is not a file that can be kept/,
    next: /stays where it is/,
    cause: () => fifoAt('pipe'),
    cure: () => rmSync(desk.path('pipe')),
    after: null,
  },
  {
    name: 'a socket in a new folder is left out until it is a file',
    code: 'unsupported-file',
    path: 'run/agent.sock',
    naming: /run\/agent\.sock is not a file/,
    next: /stays where it is/,
    cause: () => (mkdirSync(desk.path('run')), socketAt('run/agent.sock')),
    cure: () => (rmSync(desk.path('run/agent.sock')), writeFileSync(desk.path('run/agent.sock'), 'now a file\n')),
    after: ['run/agent.sock', 'now a file\n'],
  },
  {
    name: 'a fifo in the place of a tracked file deletes nothing',
    code: 'unsupported-file',
    path: 'start.txt',
    naming: /start\.txt is not a file/,
    next: /stays where it is/,
    cause: () => (rmSync(desk.path('start.txt')), fifoAt('start.txt')),
    cure: () => (rmSync(desk.path('start.txt')), writeFileSync(desk.path('start.txt'), 'a file again\n')),
    after: ['start.txt', 'a file again\n'],
  },
];

describe.each(CASES)('$code', ({ name, code, path, naming, next, cause, cure, after }) => {
  it(name, async () => {
    cause();
    writeFileSync(desk.path('fine.txt'), 'fine\n');
    await desk.until(({ held }) => held.some((entry) => entry.path === path));
    const folder = await desk.sync();
    expect(folder).toMatchObject({ problem: null, phase: 'watching', ahead: 0, dirty: false });
    expect(folder.held).toHaveLength(1);
    expectHeld(folder, path, { code, naming, next });
    expect(hubFiles()).toEqual(['fine.txt', 'start.txt']);
    expect(hubFile('start.txt')).toBe('start\n');
    expect(existsSync(desk.path(path))).toBe(true);

    await cure();
    await desk.until(({ held }) => held.length === 0);
    expect(await desk.sync()).toMatchObject({ held: [], problem: null, ahead: 0, dirty: false });
    if (after) expect(hubFile(after[0])).toBe(after[1]);
  });
});

it('what is held is found at start, and what is ignored is not told of', async () => {
  await desk.stop();
  fifoAt('pipe');
  mkdirSync(desk.path('cache'));
  fifoAt('cache/ignored');
  fifoAt('also-ignored');
  writeFileSync(desk.path('.gitignore'), 'cache/\nalso-*\n');
  await desk.start();
  await desk.until(({ held }) => held.length > 0);
  expect((await desk.sync()).held.map(({ path }) => path)).toEqual(['pipe']);
});

/** A repository of one commit, checked out as `library` by the person and committed as a link. */
async function submodule(): Promise<void> {
  const library = join(machines.directory, 'library');
  machines.git(machines.directory, 'init', '-q', library);
  writeFileSync(join(library, 'lib.txt'), 'one\n');
  machines.git(library, 'add', '-A');
  machines.git(library, 'commit', '-qm', 'One');
  machines.git(desk.folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'library');
  machines.git(desk.folder, 'commit', '-qm', 'Add the library');
  await desk.until(({ head, ahead }) => head === machines.git(desk.folder, 'rev-parse', 'HEAD').trim() && ahead === 0);
}

it('a submodule stays as the person committed it, whatever is checked out in it', async () => {
  await submodule();
  const link = () => machines.git(desk.folder, 'ls-tree', 'HEAD', 'library');
  const before = link();
  appendFileSync(desk.path('library/lib.txt'), 'two\n');
  machines.git(desk.path('library'), 'commit', '-qam', 'Two');
  writeFileSync(desk.path('library/new.txt'), 'new\n');
  writeFileSync(desk.path('fine.txt'), 'fine\n');
  await desk.until(({ lastCommit }) => lastCommit?.message === 'Add fine.txt');
  rmSync(desk.path('library'), { recursive: true });
  mkdirSync(desk.path('library'));
  writeFileSync(desk.path('more.txt'), 'more\n');
  await desk.until(({ lastCommit }) => lastCommit?.message === 'Add more.txt');
  expect(await desk.sync()).toMatchObject({ held: [], problem: null, ahead: 0 });
  expect(link()).toBe(before);
});

it.each<readonly [what: string, change: () => unknown, back: () => unknown]>([
  ['an edit', () => appendFileSync(desk.path('library/lib.txt'), 'more\n'), () => machines.git(desk.path('library'), 'restore', '.')],
  ['a new file', () => writeFileSync(desk.path('library/new.txt'), 'new\n'), () => rmSync(desk.path('library/new.txt'))],
  ['another commit', () => machines.git(desk.path('library'), 'commit', '-q', '--allow-empty', '-m', 'Two'), () => machines.git(desk.path('library'), 'reset', '-q', '--hard', 'HEAD~1')],
])('nested-repository: of a submodule, %s is told of and left there, and the note goes when it does', async (_what, change, back) => {
  await submodule();
  expect((await desk.sync()).notes).toEqual([]);
  change();
  writeFileSync(desk.path('fine.txt'), 'fine\n');
  const folder = await desk.until(({ notes }) => notes.length === 1);
  expect(folderDocument(createText(), folder, Date.now()).notes).toMatchObject([{ code: 'nested-repository', path: 'library', message: expect.stringMatching(/^library, a submodule, holds something else/) as unknown, next: expect.stringContaining(`“git status” in ${desk.path('library')}`) as unknown }]);
  expect(await desk.sync()).toMatchObject({ problem: null, held: [], ahead: 0, dirty: false, phase: 'watching' });
  back();
  writeFileSync(desk.path('fine.txt'), 'finer\n');
  await desk.until(({ notes, dirty, ahead }) => notes.length === 0 && !dirty && ahead === 0);
});

it('a file that comes where a pipe is waits, and nothing that is made here does', async () => {
  fifoAt('plan.md');
  await desk.until(({ held }) => held.length === 1);
  const stranger = join(machines.directory, 'first');
  writeFileSync(join(stranger, 'plan.md'), 'theirs\n');
  machines.git(stranger, 'add', '-A');
  machines.git(stranger, 'commit', '-qm', 'Plan');
  machines.git(stranger, 'push', '-q', 'origin', 'main');
  void desk.sync();
  const folder = await desk.until(({ problem, phase }) => problem?.code === 'unsupported-file' && phase === 'halted');
  expectTold(folder, { code: 'unsupported-file', tier: 'held', action: 'retry', naming: /plan\.md came from another machine/, next: /Move what is at .*plan\.md away/ });
  writeFileSync(desk.path('mine.txt'), 'mine\n');
  await desk.until(({ lastCommit }) => lastCommit?.message === 'Add mine.txt');
  rmSync(desk.path('plan.md'));
  await desk.until(({ problem, held }) => problem === null && held.length === 0);
  await desk.sync();
  expect(readFileSync(desk.path('plan.md'), 'utf8')).toBe('theirs\n');
  expect(hubFiles()).toEqual(['mine.txt', 'plan.md', 'start.txt']);
});
