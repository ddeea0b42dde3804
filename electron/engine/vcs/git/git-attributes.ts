import { baseName, joinPath, parentPath, repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { TreeEntry } from '../vcs.ts';
import { isTrue } from './git-config.ts';
import type { GitObjects } from './git-objects.ts';
import type { CallOptions, GitRepository } from './git-repository.ts';

/** Attributes by which a file differs from its blob. */
const CONVERTING = ['eol', 'ident', 'filter', 'working-tree-encoding', 'text', 'crlf'];

/** Where the attributes of the paths are to be looked up: empty for the work tree's own files. */
export type AttributeSource = Pick<CallOptions, 'workTree'>;

interface Incoming {
  readonly path: RepoPath;
  readonly entry: TreeEntry;
}

/**
 * Incoming files are written as the attributes that come with them say. When those are among the incoming paths, a
 * folder that holds nothing but the attribute files, the incoming ones before the present ones, takes the place of the
 * work tree (git reads them from files here, never from a tree).
 */
export async function attributesFor(repository: GitRepository, objects: GitObjects, incoming: readonly Incoming[]): Promise<AttributeSource> {
  const attributes = new Map(incoming.filter(({ path }) => baseName(path) === FILE_NAME).map(({ path, entry }) => [path, entry]));
  if (attributes.size === 0) return {};
  const { files } = repository.ports;
  const workTree = repository.own('attributes');
  await files.removeTree(workTree);
  await files.makeDirectories(workTree, 0o700);
  for (const folder of foldersOf(incoming.map(({ path }) => path))) {
    const file = joinPath(folder, FILE_NAME);
    const entry = attributes.get(file);
    const content = entry ? await objects.blob(entry.id) : await files.readIfThere(below(repository.place.workTree, file));
    if (content === null) continue;
    await files.makeDirectories(below(workTree, folder), 0o700);
    await files.create(below(workTree, file), content, { mode: 0o600, sync: false });
  }
  return { workTree };
}

const FILE_NAME = '.gitattributes';
const below = (root: string, path: RepoPath | null): Buffer => Buffer.concat([Buffer.from(`${root}/`), path ? repoPathBytes(path) : Buffer.alloc(0)]);

/** Every directory above the paths; null: the root. */
function foldersOf(paths: readonly RepoPath[]): Set<RepoPath | null> {
  const folders = new Set<RepoPath | null>([null]);
  for (const path of paths) for (let folder = parentPath(path); folder !== null && !folders.has(folder); folder = parentPath(folder)) folders.add(folder);
  return folders;
}

/** Of the paths, those whose files are converted on their way from and to the object store. */
export async function convertedPaths(repository: GitRepository, paths: readonly RepoPath[], source: AttributeSource, signal: AbortSignal): Promise<ReadonlySet<RepoPath>> {
  if (paths.length === 0) return new Set();
  const crlf = await writesCrlf(repository);
  if (crlf === 'always') return new Set(paths);
  if (source.workTree === undefined && !(await mayHaveAttributes(repository, paths))) return new Set();
  const stdin = Buffer.from(paths.map((path) => `${path}\0`).join(''), 'latin1');
  const fields = (await repository.output(['check-attr', '--stdin', '-z', ...CONVERTING], { ...source, stdin, signal })).toString('latin1').split('\0');
  const converted = new Set<RepoPath>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', attribute = '', value = ''] = fields.slice(at, at + 3);
    if (converts(attribute, value, crlf === 'text')) converted.add(path as RepoPath);
  }
  return converted;
}

function converts(attribute: string, value: string, textAsCrlf: boolean): boolean {
  if (value === 'unspecified' || value === 'unset') return false;
  if (attribute === 'text' || attribute === 'crlf') return textAsCrlf || value === 'auto' || value === 'set' || value === 'input';
  return true;
}

async function writesCrlf(repository: GitRepository): Promise<'always' | 'text' | 'never'> {
  const autocrlf = await repository.configValue('core.autocrlf');
  if (isTrue(autocrlf) || autocrlf === 'input') return 'always';
  return (await repository.configValue('core.eol')) === 'crlf' ? 'text' : 'never';
}

/** Looks for files that could give attributes to these paths: seldom there, and then no process is needed to ask. */
async function mayHaveAttributes(repository: GitRepository, paths: readonly RepoPath[]): Promise<boolean> {
  const { files, host } = repository.ports;
  const { workTree, commonDir } = repository.place;
  const personal = (await repository.configValue('core.attributesfile')) ?? `${host.env['XDG_CONFIG_HOME'] ?? `${host.homeDirectory}/.config`}/git/attributes`;
  const candidates = [
    `${commonDir}/info/attributes`,
    personal.replace(/^~\//, `${host.homeDirectory}/`),
    '/etc/gitattributes',
    '/usr/local/etc/gitattributes',
    ...[...foldersOf(paths)].map((folder) => below(workTree, joinPath(folder, FILE_NAME))),
  ];
  for (const candidate of candidates) if (await files.stat(candidate)) return true;
  return false;
}

