import { describe, expect, it } from 'vitest';
import { createText } from '../../shared/text/text.ts';
import type { EngineHandlers } from '../engine/engine-face.ts';
import { LockstepError } from '../engine/errors.ts';
import { MemoryLog } from '../engine/testing/memory-log.ts';
import { shellState } from './testing/sample-state.ts';
import type { ShellHandlers } from './shell-handlers.ts';
import { answerWindow } from './window-answers.ts';

const text = createText('en', { timeZone: 'UTC' });
const log = new MemoryLog();
const { signal } = new AbortController();
const never = async (): Promise<never> => Promise.reject(new Error('not asked here'));

/** Handlers of which only the given ones are asked. */
const engine = (given: Partial<EngineHandlers>) => given as EngineHandlers;
const shell = { 'shell.about': async () => ({ version: '1', keyring: false, attached: false, tray: true }), 'shell.copy-text': never } as Partial<ShellHandlers> as ShellHandlers;
const ask = (command: unknown, input: unknown, handlers: EngineHandlers | null = engine({})) => answerWindow({ handlers, shell, text, log }, command, input, signal);

describe('the answers to a window', () => {
  it('come from the engine and from the shell', async () => {
    const state = shellState([]);
    expect(await ask('state.get', {}, engine({ 'state.get': async () => state }))).toEqual({ ok: true, value: state });
    expect(await ask('shell.about', {})).toMatchObject({ ok: true, value: { tray: true } });
  });

  it('give defaults to a handler', async () => {
    const seen: unknown[] = [];
    await ask('sync', {}, engine({ sync: async (input) => (seen.push(input), { folders: [] }) }));
    expect(seen).toEqual([{ timeoutS: 120 }]);
  });

  it.each([['rm'], ['__proto__'], ['constructor'], ['state.watch'], ['activity.follow'], ['stop'], ['import'], [''], [null], [{ toString: (): string => 'state.get' }], [['state.get']]])('refuse the command %j', async (command) => {
    expect(await ask(command, {})).toMatchObject({ ok: false, failure: { code: 'usage' } });
  });

  it.each([
    ['folder.remove', {}],
    ['folder.remove', { id: 'x'.repeat(300) }],
    ['folder.remove', { id: ['a'] }],
    ['folder.pause', { forS: -1 }],
    // Its end would be in a year of five digits, which no settings could be read with again.
    ['folder.pause', { forS: 1e12 }],
    ['sync', { timeoutS: 1e300 }],
    ['resolve', { conflict: 'c', keep: 'neither' }],
    // A page names no file: not to read, not to write, and not to trust.
    ['resolve', { conflict: 'c', keep: { file: '/etc/hostname' } }],
    ['resolve', { conflict: 'c', keep: { text: 'x', file: '/etc/hostname' } }],
    ['doctor', { bundle: '/home/me/precious.txt' }],
    ['rescue.restore', { id: 'notes', name: 'r1', to: '/etc' }],
    ['folder.add', { path: '/home/me/taken', options: { trust: true } }],
    ['shell.copy-text', { text: 'x'.repeat(100_001) }],
    ['shell.window', { action: 'explode' }],
    ['state.get', null],
    ['state.get', 'text'],
  ])('refuse %s with what it does not take', async (command, input) => {
    expect(await ask(command, input)).toMatchObject({ ok: false, failure: { code: 'usage' } });
  });

  it('hold back an output that is not as the table says', async () => {
    const handlers = engine({ 'signal.pair': async () => ({ code: 7 }) as unknown as { code: string } });
    expect(await ask('signal.pair', {}, handlers)).toMatchObject({ ok: false, failure: { code: 'internal' } });
    const leaking = engine({ 'signal.pair': async () => ({ code: 'ABC', secret: 'key' }) as { code: string } });
    expect(await ask('signal.pair', {}, leaking)).toEqual({ ok: true, value: { code: 'ABC' } });
  });

  it('turn failures into sentences, with their codes', async () => {
    const handlers = engine({ 'folder.remove': async () => Promise.reject(new LockstepError('no-such-folder', { folder: 'x' })), 'signal.pair': async () => Promise.reject(new TypeError('boom')) });
    const missing = await ask('folder.remove', { id: 'x' }, handlers);
    expect(missing).toMatchObject({ ok: false, failure: { code: 'no-such-folder', params: { folder: 'x' } } });
    const surprise = await ask('signal.pair', {}, handlers);
    expect(surprise).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(log.lines).toHaveLength(2);
    expect(await ask('signal.pair', {}, null)).toMatchObject({ ok: false, failure: { code: 'not-running' } });
  });
});
