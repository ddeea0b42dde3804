import { describe, expect, it } from 'vitest';
import type { AppState } from '../../shared/app-state.ts';
import { deferred } from '../engine/deferred.ts';
import type { EngineHandlers } from '../engine/engine-face.ts';
import { StateStore } from '../engine/state-store.ts';
import { FakeClock } from '../engine/testing/fake-clock.ts';
import { MemoryLog } from '../engine/testing/memory-log.ts';
import { CurrentEngine, type Seat } from './current-engine.ts';
import { shellFolder, shellState } from './testing/sample-state.ts';

/** An engine that can be lost, and says whether it was stopped. */
function seat(name: string, attached: boolean) {
  const lost = deferred<void>();
  const stopRequested = deferred<void>();
  const store = new StateStore(shellState([shellFolder(name)]));
  const stops: string[] = [];
  // No command is asked of it here.
  const handlers = {} as EngineHandlers;
  const engine: Seat['engine'] = { store, handlers, wake: () => undefined, stop: async () => void stops.push(name), stopRequested: stopRequested.promise };
  return { seat: { engine, attached, lost: lost.promise }, store, stops, lose: () => lost.resolve(), askToStop: () => stopRequested.resolve() };
}

/** The seats are there one after the other; null: neither an engine nor a daemon just then. */
function current(...seats: (Seat | null)[]) {
  const clock = new FakeClock();
  const seen: (string | null)[] = [];
  const engine = new CurrentEngine({
    clock,
    log: new MemoryLog(),
    take: async () => {
      const next = seats.shift();
      if (!next) throw new Error('nobody there');
      return next;
    },
  });
  const name = (state: AppState | null) => state?.folders[0]?.name ?? null;
  engine.subscribe((state) => seen.push(name(state)));
  return { clock, seen, engine };
}

describe('the current engine', () => {
  it('shows a daemon, then nobody, then what comes after it', async () => {
    const daemon = seat('daemon', true);
    const own = seat('own', false);
    const { clock, seen, engine } = current(daemon.seat, null, own.seat);
    engine.start(() => undefined);
    await clock.advance(0);
    expect(seen).toEqual([null, 'daemon']);
    expect(engine.attached).toBe(true);
    daemon.lose();
    await clock.advance(0);
    expect(seen).toEqual([null, 'daemon', null]);
    expect(engine.handlers).toBeNull();
    await clock.advance(1000);
    expect(seen).toEqual([null, 'daemon', null, 'own']);
    await engine.stop();
    expect([...daemon.stops, ...own.stops]).toEqual(['daemon', 'own']);
    daemon.store.update(() => ({ ready: false }));
    own.store.update(() => ({ ready: false }));
    expect(seen).toHaveLength(4);
  });

  it('can be stopped while nobody is there', async () => {
    const { clock, engine } = current(null, null);
    engine.start(() => undefined);
    await clock.advance(500);
    await engine.stop();
    expect(engine.state).toBeNull();
  });

  it('says when the own engine was asked to stop, not when a daemon was', async () => {
    const asked: string[] = [];
    for (const attached of [true, false]) {
      const one = seat('one', attached);
      const { clock, engine } = current(one.seat);
      engine.start(() => asked.push(attached ? 'daemon' : 'own'));
      one.askToStop();
      await clock.advance(0);
      await engine.stop();
    }
    expect(asked).toEqual(['own']);
  });
});
