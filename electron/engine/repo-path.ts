declare const repoPath: unique symbol;

/**
 * A path inside a repository: its bytes, one character a byte (latin1), separated by `/`, never absolute.
 * File names on Linux are bytes, not text; a name read as UTF-8 and written back may be another name.
 * Comparing two of them compares bytes, which is git's own order.
 */
export type RepoPath = string & { readonly [repoPath]: true };

export const repoPathFromBytes = (bytes: Buffer): RepoPath => bytes.toString('latin1') as RepoPath;

export const repoPathBytes = (path: RepoPath): Buffer => Buffer.from(path, 'latin1');

/** From text as a person or our own code writes it (UTF-8). */
export const repoPathFromText = (text: string): RepoPath => Buffer.from(text, 'utf8').toString('latin1') as RepoPath;

/** As shown: UTF-8 where it is UTF-8, otherwise each stray byte as `\xNN`. Two names may look alike only if one holds such a sequence. */
export function displayPath(path: RepoPath): string {
  const bytes = repoPathBytes(path);
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  let shown = '';
  for (const part of path.split(/([\x80-\xff]+)/)) {
    const run = Buffer.from(part, 'latin1');
    const asText = run.toString('utf8');
    shown += Buffer.from(asText, 'utf8').equals(run) ? asText : [...run].map((byte) => `\\x${byte.toString(16)}`).join('');
  }
  return shown;
}

/** Back from `displayPath`. */
export function parseDisplayPath(shown: string): RepoPath {
  return repoPathFromText(shown).replace(/\\x([89a-f][0-9a-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) as RepoPath;
}

export const parentPath = (path: RepoPath): RepoPath | null => {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? null : (path.slice(0, slash) as RepoPath);
};

export const baseName = (path: RepoPath): string => path.slice(path.lastIndexOf('/') + 1);

export const joinPath = (directory: RepoPath | null, name: string): RepoPath => (directory ? `${directory}/${name}` : name) as RepoPath;

/** Whether `path` is `directory` or below it. */
export const isWithin = (path: RepoPath, directory: RepoPath): boolean => path === directory || path.startsWith(`${directory}/`);
