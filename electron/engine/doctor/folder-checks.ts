import type { FolderSettings } from '../../../shared/settings.ts';
import { codeSentence, failureSentence, problemValues } from '../../../shared/text/problem-text.ts';
import { LockstepError } from '../errors.ts';
import { isAgreed } from '../folder/trust.ts';
import type { FetchOutcome, Vcs } from '../vcs/vcs.ts';
import type { DoctorContext } from './doctor-context.ts';
import { unwell, well, type Finding } from './finding.ts';

const REMOTE_LIMIT_MS = 15_000;

/** One folder: its place, repository, branch, what is in the way, what it would run, and whether its server answers. */
export async function folderChecks(context: DoctorContext, folder: FolderSettings, signal: AbortSignal): Promise<Finding[]> {
  const known = { folder: folder.id, path: folder.path };
  const stat = await context.ports.files.stat(folder.path);
  if (stat?.kind !== 'directory') return [unwell('folder-path', known)];
  try {
    const repository = await context.reading(folder.id, (vcs) => repositoryChecks(context, folder, vcs, signal));
    return [well('folder-path', known), well('folder-repository', known), ...repository];
  } catch (error) {
    return [well('folder-path', known), unwell('folder-repository', { ...known, detail: sentenceOf(context, error) })];
  }
}

async function repositoryChecks(context: DoctorContext, folder: FolderSettings, vcs: Vcs, signal: AbortSignal): Promise<Finding[]> {
  const [onBranch, way, trusted, server] = await Promise.all([branch(folder, vcs), inTheWay(context, folder, vcs), trust(folder, vcs), remote(context, folder, vcs, signal)]);
  // Somebody in the middle of a rebase is on no branch, and must not be told to switch.
  return [...(onBranch.ok || way.ok ? [onBranch] : []), way, trusted, server];
}

async function branch(folder: FolderSettings, vcs: Vcs): Promise<Finding> {
  const values = { folder: folder.id, path: folder.path, branch: folder.branch ?? '' };
  const head = await vcs.head();
  const present = head.state === 'branch' || head.state === 'unborn' ? head.branch : null;
  return present !== null && (folder.branch === null || present === folder.branch) ? well('folder-branch', { ...values, branch: present }) : unwell('folder-branch', values);
}

async function inTheWay({ text }: DoctorContext, folder: FolderSettings, vcs: Vcs): Promise<Finding> {
  const values = { folder: folder.id, path: folder.path };
  const found = await vcs.guard();
  return found ? unwell('folder-state', { ...values, detail: codeSentence(text, found.code, problemValues(text, found.code, found.params)) }) : well('folder-state', values);
}

async function trust(folder: FolderSettings, vcs: Vcs): Promise<Finding> {
  const executing = await vcs.executingConfig();
  if (!executing || isAgreed(folder, executing)) return well('folder-trust', { folder: folder.id });
  return { ...well('folder-trust', { folder: folder.id, keys: executing.keys.slice(0, 5).join(', ') }), remark: true };
}

async function remote(context: DoctorContext, folder: FolderSettings, vcs: Vcs, signal: AbortSignal): Promise<Finding> {
  if (!folder.remote) return well('folder-remote-none', { folder: folder.id });
  const { name, url } = folder.remote;
  const values = { folder: folder.id, path: folder.path, remote: name, url: context.ports.redactor.text(url) };
  const tip = await withinLimit(context, signal, (limited) => vcs.remoteTip(name, folder.branch ?? 'HEAD', limited));
  if (tip.outcome === 'fetched') return well('folder-remote', values);
  return unwell('folder-remote', { ...values, detail: codeSentence(context.text, tip.code, problemValues(context.text, tip.code, tip.params)) });
}

/** A server that says nothing for so long is told of as one; nobody waits for the whole patience of a folder. */
async function withinLimit({ ports }: DoctorContext, signal: AbortSignal, ask: (limited: AbortSignal) => Promise<FetchOutcome>): Promise<FetchOutcome> {
  const limit = new AbortController();
  const end = () => limit.abort();
  signal.addEventListener('abort', end, { once: true });
  const cancel = ports.clock.after(REMOTE_LIMIT_MS, end);
  try {
    return await ask(limit.signal);
  } catch (error) {
    if (signal.aborted || !limit.signal.aborted) throw error;
    return { outcome: 'trouble', code: 'timeout', params: { seconds: REMOTE_LIMIT_MS / 1000 } };
  } finally {
    cancel();
    signal.removeEventListener('abort', end);
  }
}

const sentenceOf = ({ text, ports }: DoctorContext, error: unknown): string =>
  error instanceof LockstepError ? failureSentence(text, error.code, error.params) : ports.redactor.text(error instanceof Error ? error.message : String(error));
