import { posix } from 'node:path';
import { systemCode } from '../errors.ts';
import type { Files, Ports } from '../ports.ts';
import type { RepositoryPlace } from './vcs.ts';

/** What git, or we, write in a repository by its name: a link there would be written through, to anywhere. `logs/HEAD` would put a commit's message at the end of any file. */
const WRITTEN = ['index', 'packed-refs', 'shallow', 'logs', 'refs', 'objects', 'lockstep'];

/** How far below these no link may be. No branch that anybody made has more parts; what is set aside in ours may be a link itself. */
const SEARCHED: readonly (readonly [name: string, deeper: number])[] = [['objects', 0], ['objects/pack', 0], ['refs', 128], ['logs', 128], ['lockstep', 0], ['lockstep/apply', 1], ['lockstep/worktrees', 1]];

/** Whether something that is written in the repository's own directories is a link. Links to be read (`hooks`, `config`) lead nothing astray. */
export async function holdsLinks(files: Files, { gitDir, commonDir }: RepositoryPlace): Promise<boolean> {
  for (const directory of new Set([gitDir, commonDir])) {
    for (const name of WRITTEN) if ((await files.stat(`${directory}/${name}`))?.kind === 'link') return true;
    for (const [name, deeper] of SEARCHED) if (await linkIn(files, Buffer.from(`${directory}/${name}`), deeper)) return true;
  }
  return false;
}


async function linkIn(files: Files, directory: Buffer, deeper: number): Promise<boolean> {
  if ((await files.stat(directory))?.kind !== 'directory') return false;
  for (const { name, kind } of await files.list(directory)) {
    if (kind === 'link') return true;
    if (kind === 'directory' && deeper > 0 && (await linkIn(files, Buffer.concat([directory, Buffer.from('/'), name]), deeper - 1))) return true;
  }
  return false;
}

/**
 * Whether a repository that lies apart from the folder is another folder's: the `.git` of one, a bare one, or one whose
 * configuration names another work tree. What is saved here would be committed there.
 */
export async function belongsElsewhere(files: Files, gitDir: string, workTree: string): Promise<boolean> {
  if (gitDir === `${workTree}/.git`) return false;
  if (posix.basename(gitDir) === '.git') return true;
  const config = (await files.readIfThere(`${gitDir}/config`))?.toString('utf8') ?? '';
  const named = /^\s*worktree\s*=\s*"?(.*?)"?\s*$/im.exec(config)?.[1];
  if (named === undefined) return /^\s*bare\s*(?:=\s*(?:true|yes|on|1)\s*)?$/im.test(config);
  return (await files.realPath(posix.resolve(gitDir, named)).catch(() => null)) !== workTree;
}

/** Whether objects are taken from a place that another user could change (git: objects/info/alternates). */
export async function borrowsFromOthers({ files, host }: Pick<Ports, 'files' | 'host'>, commonDir: string): Promise<boolean> {
  const content = await files.readIfThere(`${commonDir}/objects/info/alternates`).catch(unreadable);
  const named = (content?.toString('utf8') ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of named) {
    const stat = await files.stat(posix.resolve(`${commonDir}/objects`, line));
    if (stat && stat.uid !== host.uid && stat.uid !== 0) return true;
  }
  return false;
}

function unreadable(error: unknown): null {
  if (systemCode(error) === 'EISDIR' || systemCode(error) === 'EACCES') return null;
  throw error;
}
