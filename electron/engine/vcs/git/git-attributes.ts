import { parentPath, repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { TreeEntry } from '../vcs.ts';
import { isTrue } from './git-config.ts';
import { applyToIndex } from './git-index.ts';
import type { CallOptions, GitRepository } from './git-repository.ts';
import { emptyIndex } from './git-scratch.ts';

/** Attributes by which a file differs from its blob. */
const CONVERTING = ['eol', 'ident', 'filter', 'working-tree-encoding', 'text', 'crlf'];

/** Where the attributes of the paths are to be looked up: empty for the work tree's own files. */
export type AttributeSource = Pick<CallOptions, 'index' | 'workTree'>;

/**
 * Incoming files are written as the attributes that come with them say. When those are among the incoming paths, an
 * index that has them, seen from an empty folder, takes the place of the work tree's.
 */
export async function attributesFor(repository: GitRepository, incoming: readonly { readonly path: RepoPath; readonly entry: TreeEntry }[], signal: AbortSignal): Promise<AttributeSource> {
  const attributes = incoming.filter(({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes'));
  if (attributes.length === 0) return {};
  const index = await emptyIndex(repository, 'attributes-index');
  const empty = repository.own('empty');
  await repository.ports.files.makeDirectories(empty, 0o700);
  // An unborn branch has nothing to begin from.
  await repository.call(['read-tree', 'HEAD'], { index, signal });
  await applyToIndex(repository, index, attributes.map(({ path, entry }) => ({ path, before: null, after: entry })), signal);
  return { index, workTree: empty };
}

/** Of the paths, those whose files are converted on their way from and to the object store. */
export async function convertedPaths(repository: GitRepository, paths: readonly RepoPath[], source: AttributeSource, signal: AbortSignal): Promise<ReadonlySet<RepoPath>> {
  if (paths.length === 0) return new Set();
  const crlf = await writesCrlf(repository);
  if (crlf === 'always') return new Set(paths);
  if (source.index === undefined && !(await mayHaveAttributes(repository, paths))) return new Set();
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
  const folders = new Set<RepoPath | null>([null]);
  for (const path of paths) for (let folder = parentPath(path); folder !== null && !folders.has(folder); folder = parentPath(folder)) folders.add(folder);
  const personal = (await repository.configValue('core.attributesfile')) ?? `${host.env['XDG_CONFIG_HOME'] ?? `${host.homeDirectory}/.config`}/git/attributes`;
  const candidates = [
    `${commonDir}/info/attributes`,
    personal.replace(/^~\//, `${host.homeDirectory}/`),
    '/etc/gitattributes',
    '/usr/local/etc/gitattributes',
    ...[...folders].map((folder) => Buffer.concat([Buffer.from(`${workTree}/`), folder ? repoPathBytes(folder) : Buffer.alloc(0), Buffer.from('/.gitattributes')])),
  ];
  for (const candidate of candidates) if (await files.stat(candidate)) return true;
  return false;
}

