import type { MirrorSettings, RepositoryDetail } from '../../../shared/mirror.ts';
import { displayUrl } from '../vcs/remote-url.ts';
import { shown, targetName } from './mirror-summary.ts';
import type { RepositoryMirror } from './repository-mirror.ts';
import type { RepositoryRecord } from './repository-record.ts';

/** All that a person may want to know of one repository: what it holds, what waits, what was kept. Nothing is written. */
export async function repositoryDetail(settings: MirrorSettings, record: RepositoryRecord, place: string, mirror: RepositoryMirror, signal: AbortSignal): Promise<RepositoryDetail> {
  const hasStore = record.lastSync !== null || record.held !== null;
  const [{ refs, defaultBranch }, backups, plan] = hasStore ? await Promise.all([mirror.refs(), mirror.backups(), mirror.preview(signal)]) : [{ refs: [], defaultBranch: null }, [], await mirror.preview(signal)];
  return {
    ...shown(record, () => place),
    source: displayUrl(record.url),
    target: settings.target.kind === 'directory' ? null : targetName(settings),
    defaultBranch: defaultBranch ?? record.defaultBranch,
    heads: refs.filter(({ ref }) => ref.startsWith('refs/heads/')).length,
    tags: refs.filter(({ ref }) => ref.startsWith('refs/tags/')).length,
    bytes: record.bytes,
    plan: [...plan.refs],
    backups: [...backups],
  };
}
