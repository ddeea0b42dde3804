import type { RepoPath } from '../../repo-path.ts';
import type { ObjectId, TreeEntry } from '../vcs.ts';
import { fileMode } from './object-format.ts';

/** The three versions of a path that could not be merged, as git keeps them in an index. */
export interface Stages {
  readonly path: RepoPath;
  readonly base: TreeEntry | null;
  readonly first: TreeEntry | null;
  readonly second: TreeEntry | null;
}

export interface MergeTreeOutput {
  readonly tree: ObjectId;
  readonly conflicts: readonly Stages[];
  /** Kinds of what git had to say (`Auto-merging`, `CONFLICT (contents)`), each once. */
  readonly kinds: ReadonlySet<string>;
}

/** Reads `git merge-tree --write-tree -z --messages` (git-merge-tree(1), "OUTPUT"). */
export function parseMergeTree(output: Buffer): MergeTreeOutput {
  const fields = output.toString('latin1').split('\0');
  const stages = new Map<RepoPath, { base: TreeEntry | null; first: TreeEntry | null; second: TreeEntry | null }>();
  let at = 1;
  for (; fields[at]; at++) {
    const [, mode = '', id = '', stage = '', path = ''] = /^(\d+) ([0-9a-f]+) ([123])\t(.*)$/s.exec(fields[at] ?? '') ?? [];
    const entry = stages.get(path as RepoPath) ?? { base: null, first: null, second: null };
    stages.set(path as RepoPath, entry);
    entry[stage === '1' ? 'base' : stage === '2' ? 'first' : 'second'] = { mode: fileMode(mode), id };
  }
  const kinds = new Set<string>();
  // Each message: how many paths, the paths, the kind, the words.
  for (at += 1; at + 1 < fields.length && fields[at] !== ''; ) {
    const paths = Number(fields[at]);
    kinds.add(fields[at + 1 + paths] ?? '');
    at += paths + 3;
  }
  return { tree: fields[0] ?? '', conflicts: [...stages].map(([path, entry]) => ({ path, ...entry })), kinds };
}
