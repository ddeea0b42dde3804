/** What changes something on a disk; `?`: not every processor's kernel has it. */
const CHANGING = ['write', 'pwrite64', 'writev', 'ftruncate', 'fsync', 'fdatasync', 'rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir'];
/** As strace takes it after `trace=` and `inject=`. */
export const CHANGING_SET = CHANGING.map((name) => `?${name}`).join(',');

/** These name no path but an open file: it may as well be a pipe. */
const BY_DESCRIPTOR = new Set(['write', 'pwrite64', 'writev', 'ftruncate', 'fsync', 'fdatasync']);

/** One line of strace (`-y`, with or without `-f`) about a system call. */
export interface Call {
  readonly thread: number;
  readonly name: string;
  /** The call with its paths, less what is different in every run. */
  readonly label: string;
  /** It changed something below the folder that was asked about, or would have. */
  readonly counts: boolean;
}

/** Null: the line is about something else (a signal, an exit). `root`: absolute; relative paths count as below it. */
export function parseCall(line: string, root: string): Call | null {
  const match = /^(?:(\d+) +)?(\w+)\((.*)$/.exec(line);
  if (!match) return null;
  const [, thread = '0', name = '', rest = ''] = match;
  const failed = / = -1 E/.test(rest);
  const below = BY_DESCRIPTOR.has(name) ? rest.includes(`<${root}/`) : rest.includes(`"${root}/`) || !/"\//.test(rest);
  return { thread: Number(thread), name, label: `${name} ${pathsIn(rest, root)}`, counts: below && !failed };
}

function pathsIn(rest: string, root: string): string {
  const paths = [...rest.matchAll(/"([^"]+)"|\d+<([^>]+)>/g)].map(([, quoted, opened]) => (quoted ?? opened ?? '').replace(`${root}/`, '').replace(/^\.\//, ''));
  return [...new Set(paths)].slice(0, 2).map(withoutChance).join(' -> ');
}

/** Ids, times and chance names differ from run to run. */
const withoutChance = (path: string): string =>
  path
    .replace(/objects\/[0-9a-f]{2}(?=\/|$)/, 'objects/??')
    .replace(/[0-9a-f]{38,64}/g, '*')
    .replace(/(tmp_\w+?|incoming)[_-]\w{6}\b/g, '$1-*')
    .replace(/\d{8}T\d{6,9}Z(-\d+)?/g, '*')
    .replace(/\.[0-9a-f]{12}\.tmp/g, '.*.tmp')
    .replace(/(stage|aside)-[0-9a-f]{16}/g, '$1-*')
    .replace(/lockstep\.lock\.\d+\.[0-9a-f]+/g, 'lockstep.lock.*');
