import type { MirrorSettings } from '../../../shared/mirror.ts';
import { mirrorTier } from '../../../shared/mirror-problem.ts';
import { backoffMs } from '../backoff.ts';
import type { Approval } from './approval.ts';
import type { RunReason } from './mirror-runner.ts';
import { pairOf } from './endpoints.ts';
import { nowOf, type MirrorDeps } from './mirror-deps.ts';
import type { MirrorRepositories } from './mirror-repositories.ts';
import { findRoot, makeRoom } from './mirror-root.ts';
import { ARCHIVED_EVERY_MS, FAILED_BACKOFF, REFUSED_EVERY_MS } from './mirror-schedule.ts';
import { anyTrouble, problemOf, type MirrorTrouble } from './mirror-trouble.ts';
import type { RepositoryRecord } from './repository-record.ts';
import type { Standing } from './repository-pair.ts';

/** A check compares and writes nothing; a run does what is to be done. */
export interface Deed {
  readonly deed: 'run' | 'check';
  readonly why: RunReason;
  readonly approval?: Approval;
}

/**
 * One repository's turn. Whatever goes wrong with it is its own affair: it is kept in its record, and the others go on.
 * Throws only `cancelled`.
 */
export async function syncRepository(deps: MirrorDeps, settings: MirrorSettings, repositories: MirrorRepositories, key: string, deed: Deed, signal: AbortSignal): Promise<void> {
  const record = repositories.get(key);
  if (!record || record.store === '') return;
  try {
    const standing = await standingOf(deps, settings, record, deed, signal);
    repositories.update(key, afterStanding(deps, record, standing, deed));
    tell(deps, settings, record, standing, deed);
  } catch (error) {
    const trouble = anyTrouble(deps.ports, error);
    if (trouble.code === 'unexpected') deps.ports.log.error('a repository could not be mirrored', { mirror: settings.id, repository: record.name, error });
    repositories.update(key, { state: 'unavailable', ...afterTrouble(deps, record, trouble) });
    tellTrouble(deps, settings, record, trouble, deed.why);
  }
}

async function standingOf(deps: MirrorDeps, settings: MirrorSettings, record: RepositoryRecord, { deed, approval }: Deed, signal: AbortSignal): Promise<Standing> {
  if (deed === 'run') await makeRoom(deps, settings, record);
  else await findRoot(deps, settings, record);
  const mirror = deps.open(await pairOf(deps, settings, record, { makes: deed === 'run' }, signal), record.seen);
  if (deed === 'check') return mirror.check(signal);
  return mirror.run({ approved: approval?.digest ?? null, ...(approval?.renameTheirs === undefined ? {} : { renameTheirs: approval.renameTheirs }) }, signal);
}

function afterStanding(deps: MirrorDeps, record: RepositoryRecord, { state, refs, problem, moved, heldDigest, defaultBranch, seen }: Standing, { deed }: Deed): Partial<RepositoryRecord> {
  const now = nowOf(deps);
  const isWhole = state === 'in-sync' || state === 'empty';
  const trouble = problem === null ? { problem: null, failures: 0, notBefore: nextLook(deps, record) } : afterTrouble(deps, record, problem);
  // A look tells that it is behind; why it stayed so is known from the run.
  if (deed === 'check') return { state, refs, problem: trouble.problem ?? (state === 'behind' ? record.problem : null) };
  return {
    state,
    refs,
    ...trouble,
    seen,
    held: heldDigest,
    defaultBranch: defaultBranch ?? record.defaultBranch,
    ...(isWhole ? { lastSync: now } : {}),
    ...(moved.length > 0 ? { lastMoved: now } : {}),
  };
}

/** What is archived is looked at once more, and then daily. */
const nextLook = ({ ports }: MirrorDeps, { archived, lastSync }: RepositoryRecord): string | null => (archived && lastSync !== null ? new Date(ports.clock.now() + ARCHIVED_EVERY_MS).toISOString() : null);

function afterTrouble(deps: MirrorDeps, record: RepositoryRecord, trouble: MirrorTrouble): Pick<RepositoryRecord, 'problem' | 'failures' | 'notBefore'> {
  const tier = mirrorTier(trouble.code);
  const failures = tier === 'note' ? 0 : record.failures + 1;
  const { clock, random } = deps.ports;
  // What waits for a person is looked at as often as ever: it may be decided elsewhere.
  const pauseMs = trouble.code === 'auth-failed' ? REFUSED_EVERY_MS : tier !== 'retrying' || failures < 2 ? 0 : backoffMs(failures - 1, FAILED_BACKOFF, random);
  const until = trouble.params['until'];
  const notBefore = typeof until === 'string' ? until : pauseMs === 0 ? null : new Date(clock.now() + pauseMs).toISOString();
  return { problem: { ...problemOf(trouble, record.problem, nowOf(deps)), ...(notBefore === null ? {} : { retryAt: notBefore }) }, failures, notBefore };
}

function tell(deps: MirrorDeps, { name }: MirrorSettings, record: RepositoryRecord, standing: Standing, { deed, approval, why }: Deed): void {
  if (deed === 'check') return;
  const params = { mirror: name, repository: record.name };
  if (approval && standing.heldDigest === null) deps.record({ what: 'mirror-approved', why: 'asked', params });
  if (standing.moved.length > 0) deps.record({ what: 'mirrored', why, params: { ...params, count: standing.moved.length }, paths: standing.moved.slice(0, 20).map(({ ref }) => ref) });
  if (standing.problem) tellTrouble(deps, { name }, record, standing.problem, why);
  else if (record.problem) deps.record({ what: 'mirror-mended', why, params });
}

/** Once, when it begins or becomes another. */
function tellTrouble(deps: MirrorDeps, { name }: Pick<MirrorSettings, 'name'>, record: RepositoryRecord, { code, params }: MirrorTrouble, why: RunReason): void {
  if (record.problem?.code === code) return;
  deps.record({ what: 'mirror-problem', why, params: { ...params, mirror: name, repository: record.name }, mirrorCode: code });
}
