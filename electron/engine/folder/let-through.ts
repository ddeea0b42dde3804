import type { LetThrough } from '../../../shared/settings.ts';
import { workTreePath } from '../apply/work-tree-path.ts';
import { displayPath, parseDisplayPath } from '../repo-path.ts';
import { SECRET_SCAN_BYTES } from '../secrets/new-secrets.ts';
import type { ObjectId } from '../vcs/vcs.ts';
import { AgreedTip } from './agreed-tip.ts';
import type { FolderContext } from './folder-context.ts';
import type { OutgoingSecret } from './outgoing-check.ts';

/** What holds a file, or the commits that it is in, back as a secret; of one path, or of all. */
export async function heldSecrets(context: FolderContext, path: string | undefined, signal: AbortSignal): Promise<LetThrough[]> {
  const isMeant = (shown: string): boolean => path === undefined || shown === path;
  const held = context.facts().held.filter((entry) => entry.code === 'secret-found' && isMeant(entry.path));
  const saved = (await Promise.all(held.map((entry) => inWorkTree(context, entry.path)))).flat();
  const leaving = (await outgoingSecrets(context, signal)).map(({ path: at, rule, digest }) => ({ path: displayPath(at), rule, digest }));
  return [...saved, ...leaving.filter((entry) => isMeant(entry.path))];
}

/** Secrets in commits that a push would carry out now. */
export async function outgoingSecrets(context: FolderContext, signal: AbortSignal): Promise<readonly OutgoingSecret[]> {
  const { remote, branch } = context.settings();
  const head = await context.vcs.head();
  if (!remote || head.state !== 'branch' || head.branch !== (branch ?? head.branch)) return [];
  return context.outgoing.secrets(head.commit, { remote: remote.name, known: await pushedTips(context, head.branch) }, signal);
}

/** Commits of the branch that the remote is known to have, even where a push could not be noted. */
export async function pushedTips(context: FolderContext, branch: string): Promise<ObjectId[]> {
  const { ports, vcs } = context;
  const { remote } = context.settings();
  const tips = await Promise.all([remote ? vcs.trackedTip(remote.name, branch) : null, new AgreedTip(ports.files, vcs.ownDirectory).read(branch)]);
  return tips.filter((tip) => tip !== null);
}

async function inWorkTree({ ports, vcs, secrets }: FolderContext, path: string): Promise<LetThrough[]> {
  const [glance] = await ports.files.glance([workTreePath(vcs.place.workTree, parseDisplayPath(path))], SECRET_SCAN_BYTES);
  if (!glance?.content || !secrets) return [];
  return (await secrets(path, glance.content)).map(({ rule, digest }) => ({ path, rule, digest }));
}
