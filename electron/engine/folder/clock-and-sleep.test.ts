import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundledProgram } from '../testing/bundled-program.ts';
import { ConfinedWorld } from '../testing/confined-world.ts';
import { Machines, type Machine } from '../testing/machines.ts';
import { TurnedClock } from '../testing/turned-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('a machine whose clock is wrong', () => {
  let machines: Machines;
  let desk: Machine;
  let clock: TurnedClock;
  beforeEach(async () => {
    machines = new Machines();
    clock = new TurnedClock(8);
    desk = await machines.add('desk', { poll: 5, commitDelay: 0.5 }, (ports) => ({ ...ports, clock }));
    await desk.sync();
  });
  afterEach(() => machines.close());

  const hubTip = (): string => machines.git(machines.hub, 'rev-parse', 'main').trim();
  const TURNS: readonly (readonly [what: string, ms: number])[] = [
    ['a day ahead', DAY_MS],
    ['ten years ahead', 3_650 * DAY_MS],
    ['an hour back', -HOUR_MS],
    ['back to 1980', Date.UTC(1980, 0, 1) - Date.now()],
  ];

  /** Saves go out, what others save comes in, and nothing is in the way. */
  async function goesOn(): Promise<void> {
    writeFileSync(desk.path('mine.txt'), 'mine\n');
    await desk.until(({ lastCommit, ahead }) => lastCommit?.message === 'Add mine.txt' && ahead === 0);
    const first = join(machines.directory, 'first');
    machines.git(first, 'pull', '-q', '--ff-only');
    writeFileSync(join(first, 'theirs.txt'), 'theirs\n');
    machines.git(first, 'add', '-A');
    machines.git(first, 'commit', '-qm', 'Theirs');
    machines.git(first, 'push', '-q', 'origin', 'main');
    await desk.until(({ head, phase }) => head === hubTip() && phase === 'watching');
    expect(readFileSync(desk.path('theirs.txt'), 'utf8')).toBe('theirs\n');
    expect(desk.state).toMatchObject({ problem: null, conflicts: [], held: [] });
    expect(desk.engine.store.get().recent.filter(({ what }) => what === 'problem')).toEqual([]);
    expect(machines.git(desk.folder, 'status', '--porcelain')).toBe('');
  }

  it.each(TURNS)('goes on when it is set %s while it runs, and when it is set right again', async (_what, ms) => {
    clock.turn(ms);
    await goesOn();
    clock.turn(-ms);
    writeFileSync(desk.path('later.txt'), 'later\n');
    await desk.until(({ lastCommit, ahead, problem }) => lastCommit?.message === 'Add later.txt' && ahead === 0 && problem === null);
  });

  it.each(TURNS.slice(1))('goes on when it comes up %s', async (_what, ms) => {
    await desk.stop();
    clock.turn(ms);
    await desk.start();
    await goesOn();
  });

  it.each([['an hour', HOUR_MS], ['a month', 30 * DAY_MS]])('goes on when %s passes at once', async (_what, ms) => {
    clock.skip(ms);
    await goesOn();
  });

  it('tells of a lock that is left, though by the clock it is of tomorrow', async () => {
    const lock = desk.path('.git/index.lock');
    writeFileSync(lock, '');
    const tomorrow = new Date(Date.now() + DAY_MS);
    utimesSync(lock, tomorrow, tomorrow);
    writeFileSync(desk.path('mine.txt'), 'mine\n');
    await desk.until(({ problem }) => problem?.code === 'locked' && problem.action === 'approve');
    await desk.engine.handlers['folder.approve']({ id: 'desk' }, AbortSignal.timeout(5_000));
    await desk.until(({ problem, lastCommit, ahead }) => problem === null && lastCommit?.message === 'Add mine.txt' && ahead === 0);
  });

  it('ends a pause that was over while it slept', async () => {
    await desk.engine.handlers['folder.pause']({ id: 'desk', forS: 600 }, AbortSignal.timeout(5_000));
    expect(desk.state.paused).toBe(true);
    // In sleep the wall clock goes on, and timers stand.
    clock.turn(HOUR_MS);
    desk.engine.wake();
    await desk.until(({ paused, phase }) => !paused && phase === 'watching');
  });
});

describe('a program that is stopped for a while', () => {
  let bundle: string;
  let world: ConfinedWorld;
  beforeAll(async () => {
    bundle = mkdtempSync(join(tmpdir(), 'lockstep-confined-'));
    world = new ConfinedWorld(await bundledProgram('confined-engine', bundle));
  }, 120_000);
  afterAll(async () => {
    await world.close();
    rmSync(bundle, { recursive: true });
  });

  /** As the system tells it: proc(5), the letter after the name. */
  const stateOf = (pid: number): string | undefined => /^\d+ \(.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

  it('takes in what others did meanwhile, and sends what was saved here', { skip: process.platform !== 'linux' }, async () => {
    const desk = await world.start({ limits: 'true', options: { poll: 30 } });
    for (const round of [1, 2]) {
      process.kill(desk.pid, 'SIGSTOP');
      await expect.poll(() => stateOf(desk.pid)).toBe('T');
      world.arrives(`theirs-${round}.txt`, 'theirs\n');
      writeFileSync(join(world.folder, `mine-${round}.txt`), 'mine\n');
      process.kill(desk.pid, 'SIGCONT');
      await desk.until(({ head, problem, ahead, dirty }) => head === world.hubTip() && problem === null && ahead === 0 && !dirty && world.hubFiles().includes(`mine-${round}.txt`));
      expect(readFileSync(join(world.folder, `theirs-${round}.txt`), 'utf8')).toBe('theirs\n');
    }
  });
});
