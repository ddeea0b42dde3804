import type { FolderState } from '../../../shared/app-state.ts';
import type { FolderSettings } from '../../../shared/settings.ts';
import type { EngineCore } from '../engine-core.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { EMPTY_FACTS, folderView } from './folder-view.ts';
import type { FolderFacts } from './folder-context.ts';
import { firstSituation } from './situation.ts';
import { describeConflicts } from './open-conflicts.ts';

/** A folder while no program watches it: what the settings and the repository say, read once. */
export async function unwatchedState(folder: FolderSettings, core: EngineCore): Promise<FolderState> {
  const { clock } = core.options.ports;
  const situation = firstSituation(folder.options, folder.paused !== null, folder.remote !== null, clock.monotonic());
  const since = new Date(clock.now()).toISOString();
  const facts = await readFacts(folder, core).catch(() => null);
  const phase = folder.paused ? 'paused' : facts && facts.conflicts.length > 0 ? 'conflicted' : 'watching';
  const missing = facts ? null : { problem: { code: 'root-missing' as const, params: { path: folder.path }, since }, retryAtMs: null, attempts: 1 };
  return folderView(folder, facts ?? EMPTY_FACTS, { ...situation, local: missing }, facts ? phase : 'halted', since, clock);
}

async function readFacts(folder: FolderSettings, core: EngineCore): Promise<FolderFacts> {
  const vcs = await core.repositories.open(folder.path);
  try {
    return await factsOf(vcs, folder, core);
  } finally {
    await vcs.close();
  }
}

async function factsOf(vcs: Vcs, folder: FolderSettings, core: EngineCore): Promise<FolderFacts> {
  const head = await vcs.head();
  const commit = head.state === 'branch' || head.state === 'detached' ? head.commit : null;
  const tracked = commit && folder.remote && folder.branch ? await vcs.trackedTip(folder.remote.name, folder.branch) : null;
  const [info, relation, copies] = await Promise.all([
    commit ? vcs.commitInfo(commit) : null,
    commit && tracked && tracked !== commit ? vcs.relation(commit, tracked) : null,
    vcs.conflictCopies(),
  ]);
  const about = { vcs, machine: core.settings().machine, folder: folder.id, now: new Date(core.options.ports.clock.now()).toISOString() };
  return {
    ...EMPTY_FACTS,
    head: commit,
    branch: head.state === 'branch' || head.state === 'unborn' ? head.branch : null,
    ahead: relation?.ahead ?? 0,
    behind: relation?.behind ?? 0,
    lastCommit: info && { id: info.id, at: info.at, message: info.message, machine: info.machine },
    conflicts: await describeConflicts(about, copies),
  };
}

