import { posix } from 'node:path';
import { systemCode } from '../errors.ts';
import type { FileStat, Ports } from '../ports.ts';
import { belongsElsewhere, borrowsFromOthers, holdsLinks } from './git-directory.ts';
import type { RepositoryPlace } from './vcs.ts';

export type RefusedPlace = 'no-repository' | 'bare' | 'inside-work-tree' | 'other-owner' | 'broken-link' | 'of-another-folder' | 'holds-links' | 'repository-directory';

export type Detected =
  | { readonly kind: 'git' | 'hg'; readonly place: RepositoryPlace }
  /** `top`: the work tree that the folder lies in. */
  | { readonly kind: 'none'; readonly reason: RefusedPlace; readonly top?: string };

type Reader = Pick<Ports, 'files' | 'host'>;

/** What a folder is, by looking at files only: nothing of a repository is run or read by git before this said yes. `path`: absolute, real. */
export async function detectVcs(ports: Reader, path: string): Promise<Detected> {
  const git = await ports.files.stat(`${path}/.git`);
  if (git) return gitPlace(ports, path, git);
  const hg = await ports.files.stat(`${path}/.hg`);
  if (hg?.kind === 'directory') return isOurs(ports, hg) ? { kind: 'hg', place: { workTree: path, gitDir: `${path}/.hg`, commonDir: `${path}/.hg` } } : { kind: 'none', reason: 'other-owner' };
  if (await isGitDirectory(ports, path)) return { kind: 'none', reason: posix.basename(path) === '.git' ? 'repository-directory' : 'bare' };
  const top = await enclosingWorkTree(ports, path);
  return top === null ? { kind: 'none', reason: 'no-repository' } : { kind: 'none', reason: 'inside-work-tree', top };
}

async function gitPlace(ports: Reader, path: string, entry: FileStat): Promise<Detected> {
  const { files } = ports;
  const gitDir = entry.kind === 'file' ? await linkedDirectory(ports, path) : await realPath(ports, `${path}/.git`);
  if (gitDir === null || !(await isGitDirectory(ports, gitDir))) return { kind: 'none', reason: 'broken-link' };
  const common = await files.readIfThere(`${gitDir}/commondir`);
  const commonDir = common === null ? gitDir : await realPath(ports, posix.resolve(gitDir, common.toString('utf8').trim()));
  if (commonDir === null) return { kind: 'none', reason: 'broken-link' };
  // A linked work tree says where it is; a `.git` file that points into another one's data would use that.
  if (common !== null && !(await pointsBack(ports, gitDir, path))) return { kind: 'none', reason: 'broken-link' };
  const stats = await Promise.all([path, `${path}/.git`, gitDir, commonDir].map((one) => files.stat(one)));
  // git refuses what another user could have prepared ("dubious ownership"), but not when it is told the place.
  if (stats.some((stat) => !stat || !isOurs(ports, stat))) return { kind: 'none', reason: 'other-owner' };
  const place = { workTree: path, gitDir, commonDir };
  if (common === null && (await belongsElsewhere(files, gitDir, path))) return { kind: 'none', reason: 'of-another-folder' };
  if (await borrowsFromOthers(ports, commonDir)) return { kind: 'none', reason: 'other-owner' };
  if (await holdsLinks(files, place)) return { kind: 'none', reason: 'holds-links' };
  return { kind: 'git', place };
}

const isOurs = ({ host }: Reader, { uid }: FileStat): boolean => uid === host.uid;

/** `.git` as a file: `gitdir: PATH`, relative to its folder. */
async function linkedDirectory(ports: Reader, path: string): Promise<string | null> {
  const content = (await ports.files.read(`${path}/.git`)).toString('utf8');
  const target = /^gitdir: (.+?)\s*$/.exec(content)?.[1];
  return target === undefined ? null : realPath(ports, posix.resolve(path, target));
}

async function pointsBack(ports: Reader, gitDir: string, path: string): Promise<boolean> {
  const content = await ports.files.readIfThere(`${gitDir}/gitdir`);
  const back = content === null ? null : await realPath(ports, posix.dirname(posix.resolve(gitDir, content.toString('utf8').trim())));
  return back === path;
}

async function isGitDirectory({ files }: Reader, path: string): Promise<boolean> {
  if (!(await files.stat(`${path}/HEAD`))) return false;
  if (await files.stat(`${path}/commondir`)) return true;
  const [objects, refs] = await Promise.all([files.stat(`${path}/objects`), files.stat(`${path}/refs`)]);
  return objects !== null && refs !== null;
}

async function enclosingWorkTree({ files }: Reader, path: string): Promise<string | null> {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    if ((await files.stat(`${folder}/.git`)) ?? (await files.stat(`${folder}/.hg`))) return folder;
    if (folder === posix.dirname(folder)) return null;
  }
}

async function realPath({ files }: Reader, path: string): Promise<string | null> {
  try {
    return await files.realPath(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}
