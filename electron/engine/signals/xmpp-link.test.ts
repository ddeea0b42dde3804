import { afterEach, describe, expect, it } from 'vitest';
import type { SignalState } from '../../../shared/app-state.ts';
import { CountingRandom } from '../testing/counting-random.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { FakeXmpp } from '../testing/fake-xmpp.ts';
import { MemoryLog } from '../testing/memory-log.ts';
import { SIGNAL_TIMING } from './signal-timing.ts';
import { XmppLink } from './xmpp-link.ts';

const TARGET = { local: 'alice', domain: 'example.org', password: 'secret', resource: 'lockstep', service: null, ca: null, mayUsePlain: false };
const MINUTE_MS = 60_000;
const links: XmppLink[] = [];
afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()));
});

function connected(prepare: (server: FakeXmpp) => void = () => undefined) {
  const [server, clock, states] = [new FakeXmpp(), new FakeClock(), [] as SignalState[]];
  prepare(server);
  const heard = { connections: 0 };
  const events = { changed: (state: SignalState) => void states.push(state), connected: () => void (heard.connections += 1), doorbell: () => undefined, pushed: () => undefined, authenticated: () => undefined };
  const link = new XmppLink({ clock, random: new CountingRandom(), log: new MemoryLog(), timing: SIGNAL_TIMING, open: server.open, target: () => TARGET, events });
  links.push(link);
  const announce = (repo: string, sealed: string, remoteUrl: string | null = null): void => link.announce({ repo, sealed, remoteUrl });
  return { server, clock, states, heard, link, announce };
}

describe('the XMPP link', () => {
  it('keeps the newest announcement of each repository until it is online', async () => {
    const { server, clock, announce, heard } = connected((each) => each.failures.push({ kind: 'offline', reason: 'no network' }));
    announce('notes', 'old');
    announce('photos', 'only');
    announce('notes', 'new');
    await clock.advance(MINUTE_MS);
    expect(server.doorbells).toEqual(['new', 'only']);
    expect(heard.connections).toBe(1);
  });

  it('says again what the server has not confirmed', async () => {
    const { server, clock, announce } = connected();
    await clock.advance(0);
    server.answers = false;
    announce('notes', 'lost?');
    await clock.advance(10);
    server.drop();
    server.answers = true;
    await clock.advance(MINUTE_MS);
    expect(server.doorbells).toEqual(['lost?', 'lost?']);
  });

  it('tries less and less often, five minutes apart at most', async () => {
    const { server, clock } = connected((each) => each.failures.push(...Array.from({ length: 500 }, () => ({ kind: 'offline' as const, reason: 'no network' }))));
    await clock.advance(30 * MINUTE_MS);
    const inFirstHalfHour = server.targets.length;
    await clock.advance(30 * MINUTE_MS);
    expect(inFirstHalfHour).toBeGreaterThan(10);
    expect(server.targets.length - inFirstHalfHour).toBeGreaterThanOrEqual(6);
    expect(server.targets.length - inFirstHalfHour).toBeLessThanOrEqual(12);
  });

  it('does not storm a server that drops it at once', async () => {
    const { server, clock } = connected();
    for (let second = 0; second < 600; second += 1) {
      await clock.advance(1_000);
      server.drop();
    }
    expect(server.targets.length).toBeLessThan(20);
  });

  it('tries a rejected password every five minutes and not before', async () => {
    const { server, clock, states } = connected((each) => each.failures.push(...Array.from({ length: 9 }, () => ({ kind: 'auth-failed' as const, reason: 'not-authorized' }))));
    await clock.advance(5 * MINUTE_MS - 1);
    expect(server.targets).toHaveLength(1);
    expect(states.at(-1)).toBe('auth-failed');
    await clock.advance(1);
    expect(server.targets).toHaveLength(2);
  });

  it('tries at once when it is told to', async () => {
    const { server, clock, link, states } = connected((each) => each.failures.push({ kind: 'auth-failed', reason: 'not-authorized' }));
    await clock.advance(0);
    link.retry();
    await clock.advance(0);
    expect(server.targets).toHaveLength(2);
    expect(states.at(-1)).toBe('online');
  });

  it('asks a silent server whether it is there, and leaves one that is not', async () => {
    const { server, clock, states } = connected();
    await clock.advance(SIGNAL_TIMING.xmppSilenceMs);
    expect(states.at(-1)).toBe('online');
    server.answers = false;
    await clock.advance(SIGNAL_TIMING.xmppSilenceMs + SIGNAL_TIMING.answerLimitMs);
    expect(states).toContain('offline');
  });

  it('is not online before the server has answered', async () => {
    const { clock, states, heard } = connected((each) => (each.answers = false));
    await clock.advance(SIGNAL_TIMING.answerLimitMs + 10);
    expect(states).not.toContain('online');
    expect(heard.connections).toBe(0);
  });
});

describe('an announcement over XMPP', () => {
  it('goes to each machine when the server takes no node', async () => {
    const { server, clock, announce } = connected((each) => (each.refuses = { publish: true, configure: true }));
    await clock.advance(0);
    for (const resource of ['lockstep-1', 'phone', 'AutosyncJabberBot on desk']) server.presence(resource);
    server.presence('phone', 'unavailable');
    announce('notes', 'sealed');
    await clock.advance(0);
    expect(server.addressees).toEqual(['alice@example.org/lockstep-1']);
    server.presence('lockstep-2');
    await clock.advance(0);
    expect(server.addressees).toEqual(['alice@example.org/lockstep-1', 'alice@example.org/lockstep-2']);
  });

  it('is told to dvcs-autosync only while a bot of it is online', async () => {
    const { server, clock, announce } = connected();
    await clock.advance(0);
    announce('notes', 'one', 'git@hub:notes.git');
    await clock.advance(0);
    server.presence('AutosyncJabberBot on desk');
    announce('notes', 'two', 'git@hub:notes.git');
    announce('private', 'three', null);
    await clock.advance(0);
    expect(server.addressees).toEqual(['alice@example.org']);
  });
});
