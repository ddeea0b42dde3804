import { describe, expect, it } from 'vitest';
import { accept, connect, createAppStateStore, refresh } from './app-state-store.ts';
import type { LockstepClient } from './lockstep-client.ts';
import { createText } from '../shared/text/text.ts';
import { createClient } from './lockstep-client.ts';
import { fullState } from './testing/fixtures.ts';

const at = (revision: number, part: Partial<typeof fullState> = {}) => ({ ...fullState, revision, ...part });

describe('what the window knows of the engine', () => {
  it('drops an older revision of the same run, and takes a newer one', () => {
    expect(accept({ state: at(5), silentSinceMs: null }, at(4)).state?.revision).toBe(5);
    expect(accept({ state: at(5), silentSinceMs: null }, at(6)).state?.revision).toBe(6);
  });

  it('takes any revision of another run: the engine was started again', () => {
    expect(accept({ state: at(500), silentSinceMs: 1 }, at(1, { pid: 4712 }))).toEqual({ state: at(1, { pid: 4712 }), silentSinceMs: null });
  });

  it('keeps the state and says since when it is old, while the engine is silent', async () => {
    let say: (state: typeof fullState | null) => void = () => undefined;
    const client: LockstepClient = { ...createClient(undefined, createText()), onState: (listener) => ((say = listener), () => undefined) };
    const store = createAppStateStore(at(5));
    let nowMs = 100;
    connect(store, client, () => nowMs);
    say(null);
    nowMs = 200;
    say(null);
    expect(store.getState()).toEqual({ state: at(5), silentSinceMs: 100 });
    say(at(6));
    expect(store.getState()).toEqual({ state: at(6), silentSinceMs: null });
  });

  it('is told when nobody answers', async () => {
    expect(await refresh(createAppStateStore(), createClient(undefined, createText()))).toBe(false);
  });
});
