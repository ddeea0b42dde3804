import type { FetchOutcome, ObjectId } from '../vcs/vcs.ts';
import type { FolderContext } from './folder-context.ts';

interface Fetching {
  readonly remote: { readonly name: string; readonly branch: string };
  /** The tip of the remote that was taken in or pushed last: what becomes of it is the pull's to see. */
  readonly known: ObjectId | null;
  readonly signal: AbortSignal;
}

/**
 * Fetches; what a fetch before this one brought and no pull took in (the program died, a person fetched by hand) stays
 * reachable when the remote no longer holds it. It is kept before the fetch: afterwards, a crash might come first.
 */
export async function fetchKeeping({ vcs }: FolderContext, { remote, known, signal }: Fetching): Promise<FetchOutcome> {
  const { name, branch } = remote;
  const tracked = await vcs.trackedTip(name, branch);
  const loose = tracked === null || tracked === known || (await isOurs(tracked)) ? null : tracked;
  if (loose !== null) await vcs.keep(loose, 'fetched, and not taken in yet');
  const fetched = await vcs.fetch(name, branch, signal);
  if (loose !== null && fetched.outcome === 'fetched' && fetched.tip !== null && (await vcs.isAncestor(loose, fetched.tip))) await letGo(loose);
  return fetched;

  async function isOurs(commit: ObjectId): Promise<boolean> {
    const head = await vcs.head();
    return head.state === 'branch' && (head.commit === commit || (await vcs.isAncestor(commit, head.commit)));
  }

  async function letGo(commit: ObjectId): Promise<void> {
    for (const state of await vcs.setAside()) if (state.commit === commit && state.why === 'remote-history') await vcs.letGo(state);
  }
}
