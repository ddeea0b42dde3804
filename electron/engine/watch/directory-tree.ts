import { baseName, parentPath, repoPathFromText, type RepoPath } from '../repo-path.ts';

/** The root itself, as a path below it. */
export const ROOT = repoPathFromText('');

/** What keeps one directory under observation. */
export interface Cover {
  close(): void;
}

interface Node {
  cover: Cover | null;
  children: Map<string, Node> | null;
}

/** The directories under observation, as a tree: a whole subtree is let go in the time that its own size takes. */
export class DirectoryTree {
  #root: Node = { cover: null, children: null };
  #size = 0;

  /** Directories that have a cover. */
  get size(): number {
    return this.#size;
  }

  has(path: RepoPath): boolean {
    return Boolean(this.#find(path)?.cover);
  }

  /** A cover that was there before is closed only now: the new one is already open, so nothing happens unseen between. */
  set(path: RepoPath, cover: Cover): void {
    const node = this.#make(path);
    if (node.cover) node.cover.close();
    else this.#size += 1;
    node.cover = cover;
  }

  /** Closes a directory and all below it. */
  drop(path: RepoPath): void {
    const node = this.#find(path);
    if (!node) return;
    if (path === ROOT) this.#root = { cover: null, children: null };
    else this.#find(parentPath(path) ?? ROOT)?.children?.delete(baseName(path));
    this.#close(node);
  }

  /** Of the directories directly below `path`, lets go those that are not named. */
  retain(path: RepoPath, names: ReadonlySet<string>): void {
    const node = this.#find(path);
    for (const [name, child] of node?.children ?? []) {
      if (names.has(name)) continue;
      node?.children?.delete(name);
      this.#close(child);
    }
  }

  #find(path: RepoPath): Node | undefined {
    if (path === ROOT) return this.#root;
    let node: Node | undefined = this.#root;
    for (const name of path.split('/')) node = node?.children?.get(name);
    return node;
  }

  #make(path: RepoPath): Node {
    if (path === ROOT) return this.#root;
    const parent = this.#make(parentPath(path) ?? ROOT);
    parent.children ??= new Map();
    const name = baseName(path);
    const node = parent.children.get(name) ?? { cover: null, children: null };
    parent.children.set(name, node);
    return node;
  }

  #close(node: Node): void {
    if (node.cover) {
      node.cover.close();
      this.#size -= 1;
    }
    for (const child of node.children?.values() ?? []) this.#close(child);
  }
}
