import { describe, expect, it } from 'vitest';
import { mirrorOptionsSchema, type MirrorSettings, type MirrorState } from '../../../shared/mirror.ts';
import { nextRunMs } from './mirror-schedule.ts';
import { needsPerson, summarize } from './mirror-summary.ts';
import { noRecords } from './record-file.ts';
import { newRecord, type RepositoryRecord } from './repository-record.ts';

const NOW = '2026-11-21T16:42:00.000Z';
const settings = (options: Partial<MirrorSettings['options']> = {}): MirrorSettings => ({
  id: 'm',
  name: 'm',
  source: { kind: 'url', url: 'https://forge.example/a' },
  target: { kind: 'directory', path: '/srv/m' },
  addedAt: NOW,
  options: { ...mirrorOptionsSchema.parse({}), ...options },
});
const record = (state: MirrorState, over: Partial<RepositoryRecord> = {}): RepositoryRecord => newRecord({ key: state, name: state, url: '', store: `${state}.git`, state, ...over });
const summaryOf = (states: readonly MirrorState[], options = {}) => summarize(settings(options), { ...noRecords(), lastRunAt: NOW, repositories: states.map((state) => record(state)) }, ({ store }) => store, { running: null, nextRunAt: null, revision: 1 });

describe('a mirror as a whole', () => {
  it.each<[MirrorState[], MirrorState]>([
    [['in-sync', 'empty'], 'in-sync'],
    [['in-sync', 'behind', 'never-synced'], 'behind'],
    [['in-sync', 'unavailable', 'needs-approval', 'diverged'], 'needs-approval'],
    [['in-sync', 'unavailable', 'diverged'], 'diverged'],
    [['empty'], 'empty'],
    [[], 'empty'],
  ])('of %j stands as %s', (states, whole) => {
    expect(summaryOf(states).state).toBe(whole);
  });

  it('is paused when it is, whatever its repositories say', () => {
    expect(summaryOf(['diverged'], { paused: true }).state).toBe('paused');
  });

  it('counts, and names the first that need a person', () => {
    const summary = summaryOf(['in-sync', 'needs-approval', 'ahead', 'empty']);
    expect(summary.counts).toEqual({ 'in-sync': 1, 'needs-approval': 1, ahead: 1, empty: 1 });
    expect(summary.waiting).toMatchObject({ total: 2, first: [{ name: 'needs-approval' }, { name: 'ahead' }] });
  });
});

describe('a person is needed', () => {
  const problem = (code: 'offline' | 'auth-failed' | 'case-twin') => ({ code, params: {}, since: NOW });

  it.each([
    ['a late poll', { problem: problem('offline'), failures: 1 }, false],
    ['two missed ones', { problem: problem('offline'), failures: 2 }, true],
    ['a refused token at once', { problem: problem('auth-failed'), failures: 1 }, true],
    ['a note', { problem: problem('case-twin'), failures: 9 }, false],
  ])('%s: %j', (_name, over, needed) => {
    expect(needsPerson(record('unavailable', over))).toBe(needed);
  });
});

describe('when it runs next', () => {
  const at = (nowS: number, options = {}, lastRunAt: string | null = NOW): number | null => nextRunMs(settings(options), { ...noRecords(), lastRunAt }, { nowMs: Date.parse(NOW) + nowS * 1_000, chance: 0.5 });

  it.each([
    ['after its interval', 0, {}, 300_000],
    ['after what is left of it', 100, {}, 200_000],
    ['soon, when it is overdue', 10_000, {}, 2_500],
    ['slowly beside webhooks', 0, { how: 'hook' }, 3_600_000],
    ['when the clock was set back, as if it had just run', -5_000, {}, 300_000],
  ])('%s', (_name, nowS, options, ms) => {
    expect(at(nowS, options)).toBe(ms);
  });

  it.each([{ how: 'none' }, { paused: true }])('never by itself with %j', (options) => {
    expect(at(9_999, options)).toBeNull();
  });
});
