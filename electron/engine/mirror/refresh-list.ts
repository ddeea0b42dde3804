import type { MirrorSettings } from '../../../shared/mirror.ts';
import type { Choice } from './choose-repositories.ts';
import { lookAtOwner } from './listing.ts';
import { nowOf, type MirrorDeps } from './mirror-deps.ts';
import type { MirrorRepositories } from './mirror-repositories.ts';
import type { RunReason } from './mirror-runner.ts';
import { anyTrouble, problemOf } from './mirror-trouble.ts';
import { newRecord } from './repository-record.ts';
import { storeName } from './store-name.ts';
import { takeListing } from './take-listing.ts';
import { oneName } from './one-name.ts';

/** A list is asked for at most so often by a poll: repositories appear seldom, and forges count what they are asked. */
const LIST_EVERY_MS = 600_000;

/**
 * Brings the records up to date with what the source has. Gives whether the run can go on: without its account nothing can be
 * asked, but a list that could not be read keeps nobody from looking at the repositories that are known.
 * `believed`: a list that lost most of what it had was looked at by the person, and is right.
 */
export async function refreshList(deps: MirrorDeps, settings: MirrorSettings, repositories: MirrorRepositories, why: RunReason | 'believed', signal: AbortSignal): Promise<boolean> {
  const { source } = settings;
  if (source.kind !== 'owner') {
    if (repositories.all().length === 0) {
      const name = oneName(source.url);
      repositories.replaceAll([newRecord({ key: source.url, name, url: source.url, store: storeName(name, deps.takenBeside(settings)) })], nowOf(deps));
    }
    return true;
  }
  const { records } = repositories;
  const nowMs = deps.ports.clock.now();
  const first = records.listedAt === null;
  if (why === 'poll' && records.problem === null && records.listedAt !== null && nowMs - Date.parse(records.listedAt) < Math.max(LIST_EVERY_MS, settings.options.every * 1_000)) return true;
  try {
    const forge = await deps.accounts.forge(source.account);
    const choice = await lookAtOwner(forge, source, records.repositories, first || source.syncNew, signal);
    take(deps, settings, repositories, why === 'believed' ? { ...choice, shrank: false } : choice, why === 'believed' ? 'asked' : why);
    return true;
  } catch (error) {
    const trouble = anyTrouble(deps.ports, error);
    if (trouble.code === 'unexpected') deps.ports.log.error('a list could not be taken', { mirror: settings.id, error });
    repositories.setProblem(problemOf(trouble, records.problem, nowOf(deps)));
    if (records.problem?.code !== trouble.code) deps.record({ what: 'mirror-problem', why: why === 'believed' ? 'asked' : why, params: { mirror: settings.name, ...trouble.params }, mirrorCode: trouble.code });
    return trouble.code !== 'auth-failed' && trouble.code !== 'account-missing';
  }
}

function take(deps: MirrorDeps, settings: MirrorSettings, repositories: MirrorRepositories, choice: Choice, why: RunReason): void {
  const now = nowOf(deps);
  const before = repositories.records;
  repositories.replaceAll(takeListing(before.repositories, choice, now, deps.takenBeside(settings)), now);
  const total = before.repositories.filter(({ gone }) => !gone).length;
  const note = before.problem?.code === 'hook-missing' ? before.problem : null;
  repositories.setProblem(choice.shrank ? problemOf({ code: 'listing-shrank', params: { count: choice.missing.length, total, mirror: settings.id } }, before.problem, now) : note);
  if (choice.fresh.length > 0) deps.record({ what: 'mirror-found', why, params: { mirror: settings.name, count: choice.fresh.length }, paths: choice.fresh.slice(0, 20).map(({ name }) => name) });
}
