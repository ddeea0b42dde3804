import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderOptionsSchema, type FolderOptions } from '../../../shared/folder-options.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { nodeRandom } from '../ports/node-random.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { decide, phaseOf } from './decide.ts';
import { firstSituation, react, type FolderEvent, type Situation, type Trouble } from './situation.ts';
import { troubleFrom } from './trouble.ts';

const options = (changes: Partial<FolderOptions> = {}): FolderOptions => folderOptionsSchema.parse(changes);
const after = (start: Situation, ...events: FolderEvent[]): Situation => events.reduce(react, start);
const changed = (nowMs: number, path: string | null = 'a'): FolderEvent => ({ type: 'changed', path, nowMs });
const trouble = (code: ProblemCode, retryAtMs: number | null): Trouble => ({ problem: { code, params: {}, since: '2026-01-01T00:00:00.000Z' }, retryAtMs, attempts: 1 });

/** A folder that has looked, pulled and counted after its start, and rests. */
const resting = (changes: Partial<FolderOptions> = {}, hasRemote = true): Situation =>
  after(
    firstSituation(options(changes), false, hasRemote, 0),
    { type: 'started', step: 'look' },
    { type: 'clean', startedMs: 0 },
    { type: 'started', step: 'pull' },
    { type: 'pulled', recheckAtMs: null },
    { type: 'started', step: 'survey' },
    { type: 'polled', nextMs: 300_000 },
    { type: 'scanned', nextMs: 3_600_000 },
  );

const shows = (now: Situation, nowMs: number) => ({ step: decide(now, nowMs), phase: phaseOf(now, decide(now, nowMs), 0) });

describe('the way of a change', () => {
  it('looks first, then pulls, then counts, then rests until the next poll', () => {
    const start = firstSituation(options(), false, true, 0);
    expect(decide(start, 0)).toEqual({ do: 'look' });
    const looked = after(start, { type: 'started', step: 'look' }, { type: 'clean', startedMs: 0 });
    expect(decide(looked, 0)).toEqual({ do: 'pull' });
    expect(shows(resting(), 10)).toEqual({ step: { do: 'wait', untilMs: 300_000 }, phase: 'watching' });
  });

  it('settles, commits, and pushes after the push delay', () => {
    const saved = after(resting(), changed(1_000));
    expect(shows(saved, 1_500)).toEqual({ step: { do: 'wait', untilMs: 3_000 }, phase: 'settling' });
    expect(shows(saved, 3_000)).toMatchObject({ step: { do: 'commit', why: 'quiet', message: null, mayAsk: false }, phase: 'committing' });
    const committed = after(saved, { type: 'committed', startedMs: 3_000, moving: [], nowMs: 3_010 }, { type: 'started', step: 'survey' });
    expect(decide(committed, 3_010)).toEqual({ do: 'wait', untilMs: 4_010 });
    expect(shows(committed, 4_010)).toEqual({ step: { do: 'push' }, phase: 'pushing' });
  });

  it('does not lose a change that is saved while a commit runs', () => {
    const now = after(resting(), changed(1_000), changed(3_050, 'b'), { type: 'committed', startedMs: 3_000, moving: [], nowMs: 3_100 });
    expect(now.quiet?.lastMs).toBe(3_050);
  });

  it('does not lose a signal that comes while a pull runs', () => {
    const now = after(resting(), { type: 'pull-wanted', why: 'xmpp' }, { type: 'started', step: 'pull' }, { type: 'pull-wanted', why: 'fanout' }, { type: 'pulled', recheckAtMs: null });
    expect(decide(now, 10)).toEqual({ do: 'pull' });
  });

  it('looks again at what a pull moved aside, until nobody can write to it any more', () => {
    const pulled = after(resting(), { type: 'pulled', recheckAtMs: 2_000 }, { type: 'started', step: 'survey' });
    expect(decide(pulled, 1_999)).toEqual({ do: 'wait', untilMs: 2_000 });
    expect(decide(pulled, 2_000)).toEqual({ do: 'recheck' });
    const waiting = after(pulled, { type: 'rechecked', againAtMs: 200_000 });
    expect(decide(waiting, 2_001)).toEqual({ do: 'wait', untilMs: 200_000 });
    expect(decide(waiting, 200_000)).toEqual({ do: 'recheck' });
    expect(decide(after(waiting, { type: 'rechecked', againAtMs: null }), 200_001)).toEqual({ do: 'wait', untilMs: 300_000 });
  });

  it('commits first what overlaps with incoming changes, then pulls', () => {
    const now = after(resting(), changed(1_000), { type: 'pull-needs-commit', why: 'xmpp', nowMs: 1_100 });
    expect(decide(now, 1_200).do).toBe('wait');
    expect(decide(now, 3_100).do).toBe('commit');
    expect(decide(after(now, { type: 'committed', startedMs: 3_100, moving: [], nowMs: 3_200 }), 3_200).do).toBe('pull');
  });
});

describe('asking for a message', () => {
  const asked = after(resting({ message: 'popup' }), changed(0), { type: 'asked', deadlineMs: 62_000, listedMs: 2_000 });

  it('asks once it is quiet, and waits for the answer', () => {
    expect(decide(after(resting({ message: 'popup' }), changed(0)), 2_000)).toMatchObject({ do: 'commit', mayAsk: true });
    expect(shows(asked, 3_000)).toEqual({ step: { do: 'wait', untilMs: 62_000 }, phase: 'awaiting-message' });
  });

  it('commits with the answer, or without one when time is over', () => {
    expect(decide(after(asked, { type: 'message', message: 'why' }), 3_000)).toMatchObject({ do: 'commit', message: 'why', mayAsk: false });
    expect(decide(asked, 62_000)).toMatchObject({ do: 'commit', message: null, mayAsk: false });
  });

  it('takes what was typed for the answer, however the time ends', () => {
    const typed = after(asked, { type: 'drafted', draft: 'so far' });
    expect(decide(typed, 62_000)).toMatchObject({ do: 'commit', message: 'so far' });
    expect(decide(after(typed, { type: 'hurry' }, { type: 'started', step: 'look' }), 3_000)).toMatchObject({ do: 'commit', message: 'so far' });
    const silenced = after(typed, { type: 'options', options: options({ message: 'auto' }), hasRemote: true }, { type: 'started', step: 'look' });
    expect(decide(silenced, 3_000)).toMatchObject({ do: 'commit', message: 'so far' });
    expect(decide(after(typed, { type: 'message', message: 'sent' }), 3_000)).toMatchObject({ message: 'sent' });
  });

  it('keeps what was typed while it is put off or paused, until a commit has it', () => {
    const putOff = after(asked, { type: 'drafted', draft: 'so far' }, { type: 'message-postponed' }, changed(6_000, 'b'));
    expect(putOff).toMatchObject({ asked: null, draft: 'so far' });
    const paused = after(putOff, { type: 'paused', paused: true }, { type: 'paused', paused: false });
    expect(paused.draft).toBe('so far');
    expect(after(paused, { type: 'committed', startedMs: 8_000, moving: [], nowMs: 8_001 }).draft).toBeNull();
    const resolved = after(paused, { type: 'saying', saying: 'Resolve a: keep mine' }, { type: 'committed', startedMs: 8_000, moving: [], nowMs: 8_001 });
    expect(resolved).toMatchObject({ draft: 'so far', saying: null });
  });

  it('lists anew what is saved meanwhile, once that is quiet, and asks no longer for it', () => {
    const saved = after(asked, changed(10_000, 'b'));
    expect(shows(saved, 11_000)).toEqual({ step: { do: 'wait', untilMs: 12_000 }, phase: 'awaiting-message' });
    expect(shows(saved, 12_000)).toMatchObject({ step: { do: 'commit', mayAsk: true, deadlineMs: 62_000 }, phase: 'awaiting-message' });
    const listed = after(saved, { type: 'message', message: 'sent while it was listed' }, { type: 'asked', deadlineMs: 62_000, listedMs: 12_000 });
    expect(decide(listed, 12_100)).toMatchObject({ do: 'commit', message: 'sent while it was listed' });
  });

  it('does not ask somebody who is in a hurry', () => {
    expect(decide(after(asked, { type: 'hurry' }, { type: 'started', step: 'look' }), 3_000)).toMatchObject({ do: 'commit', message: null, mayAsk: false });
  });
});

describe('trouble', () => {
  it('with the network holds pulls and pushes, not commits', () => {
    const now = after(resting(), { type: 'remote-trouble', trouble: trouble('offline', 60_000) }, changed(0));
    expect(decide(now, 2_000).do).toBe('commit');
    const committed = after(now, { type: 'committed', startedMs: 2_000, moving: [], nowMs: 2_001 }, { type: 'started', step: 'survey' });
    expect(shows(committed, 30_000)).toEqual({ step: { do: 'wait', untilMs: 60_000 }, phase: 'retrying' });
    expect(decide(committed, 60_000).do).toBe('pull');
  });

  it('of the folder holds everything until the next look', () => {
    const now = after(resting(), changed(0), { type: 'local-trouble', trouble: trouble('rebase-in-progress', 15_000) });
    expect(shows(now, 14_999)).toEqual({ step: { do: 'wait', untilMs: 15_000 }, phase: 'halted' });
    expect(decide(now, 15_000)).toEqual({ do: 'look' });
    expect(decide(after(now, { type: 'repository-changed' }), 5)).toEqual({ do: 'look' });
  });

  it('that is met again and again while somebody is at work there is looked at soon again, not less and less often', () => {
    const ports = { clock: new FakeClock(), random: nodeRandom };
    let now = resting();
    for (let times = 0; times < 10; times += 1) {
      now = react(now, { type: 'repository-changed' });
      now = react(now, { type: 'local-trouble', trouble: troubleFrom({ code: 'root-missing', params: {} }, now.local, ports) });
    }
    expect(now.local?.attempts).toBe(1);
  });

  it('that needs a decision waits for it, whatever the clock says', () => {
    const now = after(resting(), { type: 'remote-trouble', trouble: trouble('remote-rewritten', null) });
    const step = decide(now, 299_000);
    expect(step).toEqual({ do: 'wait', untilMs: 3_600_000 });
    expect(phaseOf(now, step, 0)).toBe('halted');
  });
});

describe('pausing', () => {
  it('does nothing but remember', () => {
    const now = after(resting(), { type: 'paused', paused: true }, changed(0), { type: 'pull-wanted', why: 'xmpp' });
    expect(shows(now, 1e9)).toEqual({ step: { do: 'wait', untilMs: Number.POSITIVE_INFINITY }, phase: 'paused' });
    expect(decide(after(now, { type: 'paused', paused: false }), 1e9).do).toBe('look');
  });
});

describe('a message that is put off', () => {
  it('is not waited for in sight, is asked for again with the next change, and is made in the end', () => {
    const asked = after(resting({ message: 'popup' }), changed(1_000), { type: 'asked', deadlineMs: 60_000, listedMs: 3_000 });
    expect(shows(asked, 5_000).phase).toBe('awaiting-message');
    const putOff = after(asked, { type: 'message-postponed' });
    expect(shows(putOff, 5_000)).toEqual({ step: { do: 'wait', untilMs: 60_000 }, phase: 'settling' });
    expect(shows(putOff, 60_000).step).toMatchObject({ do: 'commit', mayAsk: false });
    expect(decide(after(putOff, changed(6_000, 'b')), 8_000)).toMatchObject({ do: 'commit', mayAsk: true });
  });
});

describe('any history of events', () => {
  const event: fc.Arbitrary<FolderEvent> = fc.oneof(
    fc.record({ type: fc.constant('changed' as const), path: fc.constantFrom('a', 'b', null), nowMs: fc.nat(1_000) }),
    fc.constantFrom<FolderEvent>(
      { type: 'look-wanted' },
      { type: 'repository-changed' },
      { type: 'hurry' },
      { type: 'hurry-over' },
      { type: 'paused', paused: true },
      { type: 'paused', paused: false },
      { type: 'pull-wanted', why: 'xmpp' },
      { type: 'message', message: 'm' },
      { type: 'message-postponed' },
      { type: 'asked', deadlineMs: 500, listedMs: 100 },
      { type: 'drafted', draft: 'd' },
      { type: 'push-wanted', atMs: 10 },
      { type: 'pull-needs-commit', why: 'poll', nowMs: 0 },
      { type: 'local-trouble', trouble: trouble('locked', 700) },
      { type: 'local-trouble', trouble: null },
      { type: 'remote-trouble', trouble: trouble('offline', 900) },
      { type: 'remote-trouble', trouble: trouble('remote-changed', null) },
      { type: 'outgoing-trouble', trouble: trouble('secret-found', 800) },
      { type: 'outgoing-trouble', trouble: trouble('secret-found', null) },
    ),
  );

  it('never forgets a saved change, and never rests on one for ever', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const now = after(resting(), ...events, changed(1_000), { type: 'paused', paused: false }, { type: 'local-trouble', trouble: null }, { type: 'started', step: 'look' });
        expect(now.quiet).not.toBeNull();
        const step = decide(now, 1_000);
        if (step.do === 'wait') expect(step.untilMs).toBeLessThanOrEqual(301_000);
      }),
    );
  });

  it('never waits for a moment that is over', () => {
    fc.assert(
      fc.property(fc.constantFrom<Partial<FolderOptions>>({}, { message: 'popup' }, { pull: false }, { commit: false }), fc.array(event, { maxLength: 40 }), fc.nat({ max: 400_000 }), (changes, events, nowMs) => {
        const step = decide(after(resting(changes), ...events), nowMs);
        if (step.do === 'wait') expect(step.untilMs).toBeGreaterThan(nowMs);
      }),
      { numRuns: 2_000 },
    );
  });
});
