import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../ports.ts';
import { commitAll, TempRepos, write } from '../../testing/temp-repos.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

/** Ports on which the person does something just before or after our n-th start of git, counted from when it is armed. */
class Meanwhile {
  at = 0;
  act: () => void = () => undefined;
  #starts: number | null = null;

  arm(): void {
    this.#starts = 0;
  }

  readonly into = (ports: Ports): Ports => ({
    ...ports,
    processes: {
      ...ports.processes,
      start: (request) => {
        if (this.#starts !== null && ++this.#starts === this.at) this.act();
        return ports.processes.start(request);
      },
    },
  });
}

/** `base`, then `incoming` as a peer made it; the work tree already holds the incoming content, as after the applier. */
async function takenIn(adjust: (ports: Ports) => Ports) {
  const machine = repos.machine('ada', adjust);
  const path = await repos.committed({ 'a.txt': 'one\n', 'b.txt': 'b\n' }, machine);
  const base = await machine.git(path, 'rev-parse', 'HEAD');
  write(path, { 'a.txt': 'two\n', 'new.txt': 'new\n' });
  await commitAll(machine, path, 'incoming');
  const incoming = await machine.git(path, 'rev-parse', 'HEAD');
  await machine.git(path, 'update-ref', 'refs/heads/main', base);
  await machine.git(path, 'read-tree', base);
  await machine.git(path, 'update-index', '-q', '--refresh').catch(() => undefined);
  const vcs = await machine.vcs(path);
  const person = (...args: string[]) => void execFileSync('git', args, { cwd: path, env: machine.env, stdio: 'ignore' });
  return { machine, path, base, incoming, vcs, person, advance: async () => vcs.advance({ branch: 'main', from: base, to: incoming, changes: await vcs.diff(base, incoming, signal), why: 'pull' }) };
}

/** Makes git write the index anew, as it does on any look when the times of a file no longer fit. */
function lookAround({ path, person }: { path: string; person: (...args: string[]) => void }): void {
  utimesSync(join(path, 'b.txt'), new Date(), new Date(Date.now() - 5_000));
  person('status');
}

// On most file systems the number (inode) of the index that git replaced is given to the next file that is made: to ours.
describe("while the person's own git writes the index anew", () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('before git call %i of taking a commit in, nothing seems staged afterwards', async (at) => {
    const meanwhile = new Meanwhile();
    const { vcs, machine, path, person, advance } = await takenIn(meanwhile.into);
    meanwhile.at = at;
    meanwhile.act = () => lookAround({ path, person });
    meanwhile.arm();
    expect(await advance()).toBe(true);
    expect(await vcs.status(signal)).toMatchObject({ staged: 0, changes: [] });
    expect(await machine.git(path, 'status', '--porcelain')).toBe('');
    expect(await vcs.indexIsBehind()).toBe(false);
  });
});

it("takes for the person's index the one that it began as, not one that came in between", async () => {
  const staging = { done: false, act: () => undefined as void };
  const { vcs, machine, path, person, advance } = await takenIn((ports) => ({
    ...ports,
    files: {
      ...ports.files,
      link: async (from, to) => {
        await ports.files.link(from, to);
        if (!String(to).endsWith('/.git/lockstep/index') || staging.done) return;
        staging.done = true;
        staging.act();
      },
    },
  }));
  staging.act = () => {
    appendFileSync(join(path, 'b.txt'), 'staged\n');
    person('add', 'b.txt');
  };
  expect(await advance()).toBe(true);
  expect(staging.done).toBe(true);
  expect(await vcs.status(signal)).toMatchObject({ staged: 1 });
  expect(await machine.git(path, 'diff', '--cached', '--name-only')).toBe('b.txt');
  expect(readFileSync(join(path, 'b.txt'), 'utf8')).toBe('b\nstaged\n');
});
