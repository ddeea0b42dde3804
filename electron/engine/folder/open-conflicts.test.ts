import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '../ports.ts';
import { commitAll, TempRepos, write } from '../testing/temp-repos.ts';
import { describeConflicts, type ConflictReading } from './open-conflicts.ts';

const signal = new AbortController().signal;
const MANY = 30;
let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

const numbered = (content: string) => Object.fromEntries(Array.from({ length: MANY }, (_, number) => [`dir/${number}.txt`, `${content} ${number}\n`]));

/** Counts the processes that reading takes. */
class Counter {
  started = 0;
  readonly into = (ports: Ports): Ports => ({
    ...ports,
    processes: {
      ...ports.processes,
      start: (request) => {
        this.started += 1;
        return ports.processes.start(request);
      },
    },
  });
}

/** Grace's clone after she merged what both changed in every file. */
async function conflicted(counter = new Counter()) {
  repos.machine('grace', counter.into);
  const { grace, ours, theirs } = await repos.diverged(numbered('base'), numbered('ada'), numbered('grace'));
  const vcs = await grace.machine.vcs(grace.path);
  const merged = await vcs.merge(theirs, ours, signal);
  if (merged.outcome !== 'merged') throw new Error(merged.outcome);
  await grace.machine.git(grace.path, 'reset', '-q', '--hard', merged.commit);
  const reading: ConflictReading = { vcs, machine: { id: '0a1b2c3d', name: 'grace' }, folder: 'f', now: '2026-01-01T00:00:00.000Z' };
  return { grace, vcs, reading, counter };
}

it('tells the sides of many conflicts of one merge with few processes', async () => {
  const { vcs, reading, counter } = await conflicted();
  const copies = await vcs.conflictCopies();
  counter.started = 0;
  const conflicts = await describeConflicts(reading, copies);
  expect(conflicts).toHaveLength(MANY);
  expect(new Set(conflicts.map(({ mine, theirs }) => `${mine.machine} ${theirs.machine}`))).toEqual(new Set(['grace ada']));
  for (const { mine, theirs, base, path } of conflicts) {
    const number = /\d+/.exec(path)?.[0];
    const texts = await Promise.all([mine.blob, theirs.blob, base ?? ''].map(async (blob) => (await vcs.readBlob(blob)).toString()));
    expect(texts).toEqual(['grace', 'ada', 'base'].map((who) => `${who} ${number}\n`));
  }
  expect(counter.started).toBeLessThan(MANY / 3);
});

describe('a version that is edited while its conflict is open', () => {
  it.each(['the copy', 'the name'])('is shown as it is now, and its side stays: %s', async (which) => {
    const { grace, vcs, reading } = await conflicted();
    const before = await describeConflicts(reading, await vcs.conflictCopies());
    const [conflict] = before;
    if (!conflict) throw new Error('no conflict');
    write(grace.path, { [which === 'the copy' ? conflict.copy : conflict.path]: 'edited\n' });
    await commitAll(grace.machine, grace.path, 'edit');
    for (const known of [before, []]) {
      const [after] = await describeConflicts(reading, await vcs.conflictCopies(), known);
      expect(after).toMatchObject({ id: conflict.id, copySide: conflict.copySide, base: conflict.base });
      const side = (which === 'the copy') === (conflict.copySide === 'mine') ? 'mine' : 'theirs';
      expect((await vcs.readBlob(after?.[side].blob ?? '')).toString()).toBe('edited\n');
      expect([after?.mine.machine, after?.theirs.machine]).toEqual(['grace', 'ada']);
    }
  });
});

it('does not take a file for a copy that a person merely called so', async () => {
  const { grace, vcs, reading } = await conflicted();
  write(grace.path, { 'notes (conflict foo 1234567).txt': 'mine alone\n' });
  await commitAll(grace.machine, grace.path, 'own file');
  const conflicts = await describeConflicts(reading, await vcs.conflictCopies());
  expect(conflicts.map(({ path }) => path)).not.toContain('notes.txt');
  expect(conflicts).toHaveLength(MANY);
});
