import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../part.ts';
import { addressesTrial } from './addresses-trial.ts';
import { environmentTrial } from './environment-trial.ts';
import { homeTrial } from './home-trial.ts';
import { LookedAt } from './looked-at.ts';
import { refsTrial } from './refs-trial.ts';
import { signalsTrial } from './signals-trial.ts';

let run: Run;
beforeEach(() => {
  run = { seed: 1, scale: 0.03, directory: mkdtempSync(join(tmpdir(), 'lockstep-corpora-')), say: () => undefined };
});
afterEach(() => rmSync(run.directory, { recursive: true, force: true }));

describe('what comes of it', () => {
  it('is seen: something is taken, written, given to a program, or goes wrong without words', async () => {
    const looked = new LookedAt();
    const desk = await looked.machine('desk');
    await looked.tell('taken', 'refused', async () => undefined);
    await looked.tell('written', 'either', async () => writeFileSync(join(looked.ran, 'x'), ''));
    await looked.tell('thrown', 'either', () => Promise.reject(new TypeError('x')));
    expect(looked.failures).toEqual(['taken: it was taken', `written: ${join(looked.ran, 'x')} was written`, 'thrown: TypeError: x']);
    await looked.tell('given', 'either', () => desk.engine.handlers.doctor({}, AbortSignal.timeout(20_000)));
    expect(looked.wasGiven('--version')).toBe(true);
    await looked.close();
  });
});

describe('what comes in from outside', () => {
  it('by an address runs nothing, and what is no address is given to no program', async () => {
    expect((await addressesTrial(run)).failures).toEqual([]);
  });

  it('in the files of a home, stops no program without a word', async () => {
    expect((await homeTrial(run)).failures).toEqual([]);
  });

  it('as the name of a branch or a remote is nothing but a name', async () => {
    expect((await refsTrial(run)).failures).toEqual([]);
  });

  it('as a signal rings only when it is proven, and once', async () => {
    expect((await signalsTrial(run)).failures).toEqual([]);
  });

  it('as a signal would be seen to ring if nobody asked for the proof', async () => {
    const { failures } = await signalsTrial(run, () => ({ repo: 'r', tip: 't', machine: { id: 'ffffffff', name: 'other' }, counter: 1 }));
    expect(failures).toContainEqual(expect.stringMatching(/^a doorbell rings: of another key/));
  });

  it('in the environment of the program runs nothing, and leads nowhere', async () => {
    expect((await environmentTrial(run)).failures).toEqual([]);
  });
});
