import { isRefName } from '../vcs/git/git-refs.ts';
import type { ObjectId } from '../vcs/vcs.ts';

/** Heads and tags by their full names. */
export type RefMap = ReadonlyMap<string, ObjectId>;

/** What one side has. `head`: the branch that HEAD is at, by its full name; null: none that is known. */
export interface SideRefs {
  readonly refs: RefMap;
  readonly head: string | null;
}

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** A file of this name, with `.lock` behind it, must be possible (NAME_MAX 255). */
const MOST_COMPONENT_BYTES = 240;
/** With the folders of a store and of a backup before it (PATH_MAX 4096). */
const MOST_NAME_BYTES = 1_000;

export const isObjectId = (text: string): boolean => ID.test(text);

/** Heads and tags, and nothing else of what a server shows, are mirrored (its own refs for merge requests would be refused by every other). */
export const isMirrored = (name: string): boolean => /^refs\/(?:heads|tags)\/./.test(name);

/** Whether a store can hold a ref of this name: git's own rules, text, and what a file system takes. */
export function isKeepable(name: string): boolean {
  if (!isRefName(name) || name.includes('\ufffd') || Buffer.byteLength(name) > MOST_NAME_BYTES) return false;
  return name.split('/').every((component) => Buffer.byteLength(component) <= MOST_COMPONENT_BYTES);
}

/** `refs/heads/x` -> `heads/x`; what stands behind our own prefixes. */
export const tail = (name: string): string => name.slice('refs/'.length);

/** Every name that stands in the way of this one: git keeps `a` and `a/b` not both. */
export function parentsOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(3).map((_part, index) => parts.slice(0, index + 3).join('/'));
}

/** The names of these that cannot stand beside one of `wanted`, as a folder and a file cannot. */
export function inTheWay(names: Iterable<string>, wanted: Iterable<string>): Set<string> {
  const files = new Set(wanted);
  const folders = new Set([...files].flatMap(parentsOf));
  return new Set([...names].filter((name) => !files.has(name) && (folders.has(name) || parentsOf(name).some((parent) => files.has(parent)))));
}
