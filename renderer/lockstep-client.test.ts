import { describe, expect, it } from 'vitest';
import { createText } from '../shared/text/text.ts';
import type { WindowBridge } from '../shared/window-bridge.ts';
import { createClient } from './lockstep-client.ts';
import { fullState } from './testing/fixtures.ts';

const text = createText();
const bridge = (part: Partial<WindowBridge>): WindowBridge => ({ invoke: async () => ({ ok: true, value: {} }), onState: () => () => undefined, pathOf: () => '', ...part });

describe('the window’s way to the engine', () => {
  it('gives parsed answers', async () => {
    const client = createClient(bridge({ invoke: async () => ({ ok: true, value: { code: 'amber', extra: 1 } }) }), text);
    expect(await client.invoke('signal.pair', {})).toEqual({ ok: true, value: { code: 'amber' } });
  });

  it('hands a failure through as it came', async () => {
    const failure = { code: 'not-a-repository', message: 'That is not one.', params: {} } as const;
    const client = createClient(bridge({ invoke: async () => ({ ok: false, failure }) }), text);
    expect(await client.invoke('folder.add', { path: '/x' })).toEqual({ ok: false, failure });
  });

  it.each([
    ['an answer of another shape', async () => ({ ok: true, value: { code: 7 } })],
    ['no answer at all', async () => undefined],
    ['a bridge that throws', async () => Promise.reject(new Error('gone'))],
  ])('makes a failure of %s', async (_name, invoke) => {
    const answer = await createClient(bridge({ invoke }), text).invoke('signal.pair', {});
    expect(answer).toMatchObject({ ok: false, failure: { code: 'internal' } });
  });

  it('sends nothing that the table would refuse', async () => {
    const sent: string[] = [];
    const client = createClient(bridge({ invoke: async (command) => (sent.push(command), { ok: true, value: {} }) }), text);
    expect(await client.invoke('folder.remove', { id: '' })).toMatchObject({ ok: false, failure: { code: 'usage' } });
    expect(sent).toEqual([]);
  });

  it('passes states on, and silence, but nothing malformed', () => {
    let say: (state: unknown) => void = () => undefined;
    const seen: unknown[] = [];
    createClient(bridge({ onState: (listener) => ((say = listener), () => undefined) }), text).onState((state) => seen.push(state?.revision ?? state));
    [fullState, { revision: 'x' }, null].forEach((state) => say(state));
    expect(seen).toEqual([41, null]);
  });

  it('answers everything with “not here” in a plain browser', async () => {
    const client = createClient(undefined, text);
    expect(await client.invoke('state.get', {})).toMatchObject({ ok: false, failure: { code: 'not-available' } });
    expect(client.pathOf({} as File)).toBe('');
  });
});
