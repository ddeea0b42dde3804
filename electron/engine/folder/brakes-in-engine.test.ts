import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FolderState } from '../../../shared/app-state.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { activitySentence } from '../../../shared/text/activity-text.ts';
import { createText } from '../../../shared/text/text.ts';
import { deferred } from '../deferred.ts';
import { Machines, type Machine } from '../testing/machines.ts';
import { expectTold } from '../testing/told.ts';
import { TurnedClock } from '../testing/turned-clock.ts';

const FILES = 30;
const names = Array.from({ length: FILES }, (_, number) => `notes/${number}.md`);
const limit = (): AbortSignal => AbortSignal.timeout(20_000);

let machines: Machines;
let desk: Machine;
/** Looks at the work tree wait for it. */
let looking: () => Promise<void>;
beforeEach(async () => {
  machines = new Machines();
  looking = () => Promise.resolve();
  desk = await machines.add('desk', { poll: 600, commitDelay: 0.5 }, (ports) => ({ ...ports, clock: new TurnedClock(8), files: { ...ports.files, glance: async (...asked) => (await looking(), ports.files.glance(...asked)) } }));
  mkdirSync(desk.path('notes'));
  for (const name of names) writeFileSync(desk.path(name), `${name}\n`);
  await desk.until(({ lastCommit, ahead }) => lastCommit?.message.startsWith('Add 30 files') === true && ahead === 0);
});
afterEach(() => machines.close());

const hubFiles = (): string[] => machines.git(machines.hub, 'ls-tree', '-r', '--name-only', 'main').trim().split('\n');
const hubTip = (): string => machines.git(machines.hub, 'rev-parse', 'main').trim();
const at = (name: string): string => readFileSync(desk.path(name), 'utf8');

interface Accident {
  readonly name: string;
  readonly code: ProblemCode;
  readonly naming: RegExp;
  readonly cause: () => void;
  readonly undo: () => void;
  /** What the hub holds once it was let through. */
  readonly left: number;
}

const writeAll = (content: (name: string) => string) => () => {
  for (const name of names) {
    mkdirSync(desk.path('notes'), { recursive: true });
    writeFileSync(desk.path(name), content(name));
  }
};
const asItWas = writeAll((name) => `${name}\n`);

const ACCIDENTS: readonly Accident[] = [
  { name: 'most files deleted at once', code: 'mass-change', naming: /25 of 31 files/, cause: () => names.slice(0, 25).forEach((name) => rmSync(desk.path(name))), undo: asItWas, left: 6 },
  { name: 'most files changed at once, as by a bad script', code: 'mass-change', naming: /30 of 31 files/, cause: writeAll(() => 'garbage\n'), undo: asItWas, left: 31 },
  {
    name: 'every file deleted at once',
    code: 'root-emptied',
    naming: /suddenly empty/,
    cause: () => ['notes', 'start.txt'].forEach((name) => rmSync(desk.path(name), { recursive: true })),
    undo: () => (asItWas(), writeFileSync(desk.path('start.txt'), 'start\n')),
    left: 0,
  },
];

/** The accident, held and told; nothing was committed or pushed. */
async function held({ code, naming, cause }: Accident): Promise<FolderState> {
  const before = hubTip();
  cause();
  const folder = await desk.until(({ problem }) => problem?.code === code);
  expect(folder.phase).toBe('halted');
  expectTold(folder, { code, tier: 'halted', action: 'approve', naming, next: /lockstep folder bring-back desk.*lockstep folder approve desk|lockstep folder approve desk.*lockstep folder bring-back desk/ });
  await desk.sync();
  expect(hubTip()).toBe(before);
  return desk.state;
}

describe.each(ACCIDENTS)('$name ($code)', (accident) => {
  it('is held, and let through when the person agrees', async () => {
    const { id } = await held(accident);
    await desk.engine.handlers['folder.approve']({ id }, limit());
    expect(await desk.sync()).toMatchObject({ problem: null, ahead: 0, dirty: false });
    expect(hubFiles().filter(Boolean)).toHaveLength(accident.left);
  });

  it('is held, and undone when the person wants the files back, with what was here kept', async () => {
    writeFileSync(desk.path('new.md'), 'new\n');
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Add new.md' && ahead === 0);
    rmSync(desk.path('new.md'));
    const { id } = await held({ ...accident, naming: /\S/ });
    writeFileSync(desk.path('meanwhile.md'), 'meanwhile\n');
    const { files } = await desk.engine.handlers['folder.bring-back']({ id }, limit());
    expect(files).toBeGreaterThanOrEqual(25);
    const folder = await desk.until(({ problem, ahead, dirty }) => problem === null && ahead === 0 && !dirty);
    expect(names.map(at)).toEqual(names.map((name) => `${name}\n`));
    expect([at('start.txt'), at('new.md'), at('meanwhile.md')]).toEqual(['start\n', 'new\n', 'meanwhile\n']);
    expect(folder.conflicts).toEqual([]);
    // The state that was undone: listed under rescue, with its bytes.
    const [kept] = await desk.engine.handlers.rescue({ id }, limit());
    expect(kept?.why).toBe('snapshot');
    if (accident.naming.source.startsWith('30')) expect(machines.git(desk.folder, 'show', 'refs/lockstep/snap/latest:notes/3.md')).toBe('garbage\n');
  });

  it('is held, and forgotten when the files are back by themselves', async () => {
    const { head } = await held(accident);
    accident.undo();
    expect(await desk.until(({ problem, dirty }) => problem === null && !dirty)).toMatchObject({ head });
  });
});

describe('an accident that comes from another machine', () => {
  it('is taken in, as it was let through there, and the folder as it was is kept and can be brought back', async () => {
    const stranger = join(machines.directory, 'first');
    machines.git(stranger, 'pull', '-q', '--ff-only');
    machines.git(stranger, 'rm', '-qr', 'notes');
    machines.git(stranger, 'commit', '-qm', 'Tidy up');
    machines.git(stranger, 'push', '-q', 'origin', 'main');
    const { id } = await desk.sync();
    expect(await desk.sync()).toMatchObject({ problem: null, head: hubTip() });
    expect(readdirSync(desk.folder)).toEqual(['.git', 'start.txt']);
    const [told, ...others] = desk.engine.store.get().recent.filter(({ what }) => what === 'mass-change');
    const [kept] = await desk.engine.handlers.rescue({ id }, limit());
    if (!told || !kept) throw new Error('nothing was kept');
    expect([kept.why, others]).toEqual(['mass-change', []]);
    expect(activitySentence(createText(), told, id)).toEqual({
      sentence: `30 of 31 files of desk vanished or changed with what came. “lockstep rescue desk restore ${kept.name}” puts the folder as it was before beside it.`,
      why: 'It was let through on another machine, or made by hand.',
    });
    const { path } = await desk.engine.handlers['rescue.restore']({ id, name: kept.name }, limit());
    expect(names.map((name) => readFileSync(join(path, name), 'utf8'))).toEqual(names.map((name) => `${name}\n`));
  });

  it('is no accident when it is little, or when files were only moved', async () => {
    const stranger = join(machines.directory, 'first');
    machines.git(stranger, 'pull', '-q', '--ff-only');
    machines.git(stranger, 'mv', 'notes', 'moved');
    machines.git(stranger, 'rm', '-qf', 'moved/1.md', 'moved/2.md');
    machines.git(stranger, 'commit', '-qm', 'Move');
    machines.git(stranger, 'push', '-q', 'origin', 'main');
    const { id } = await desk.sync();
    expect(existsSync(desk.path('moved/3.md'))).toBe(true);
    expect(await desk.engine.handlers.rescue({ id }, limit())).toEqual([]);
  });
});

it('files that go while the folder is looked at are held, too', async () => {
  const [asked, gone] = [deferred(), deferred()];
  looking = () => (asked.resolve(), gone.promise);
  writeFileSync(desk.path('new.md'), 'new\n');
  await asked.promise;
  rmSync(desk.path('notes'), { recursive: true });
  const tip = hubTip();
  gone.resolve();
  await desk.until(({ problem }) => problem?.code === 'mass-change');
  expect(hubTip()).toBe(tip);
});

it('approving one thing does not let another through that stands behind it', async () => {
  const stranger = `${machines.directory}/first`;
  names.slice(0, 25).forEach((name) => rmSync(desk.path(name)));
  const { id } = await desk.until(({ problem }) => problem?.code === 'mass-change');
  machines.git(stranger, 'commit', '-q', '--amend', '-m', 'Rewritten');
  machines.git(stranger, 'push', '-q', '--force', 'origin', 'main');
  await desk.engine.handlers['folder.approve']({ id }, limit());
  await desk.until(({ problem }) => problem?.code === 'remote-rewritten');
  expect(hubFiles()).toEqual(['start.txt']);
});

it('what is agreed to while the folder is being looked at goes through', async () => {
  names.slice(0, 25).forEach((name) => rmSync(desk.path(name)));
  const { id } = await desk.until(({ problem }) => problem?.code === 'mass-change');
  const { promise, resolve } = deferred();
  looking = () => promise;
  const asked = desk.sync();
  await desk.engine.handlers['folder.approve']({ id }, limit());
  resolve();
  await asked;
  expect(await desk.sync()).toMatchObject({ problem: null, ahead: 0, dirty: false });
  expect(hubFiles()).toHaveLength(6);
});
