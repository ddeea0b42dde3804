import type { ObjectId } from '../vcs.ts';
import type { GitObjects } from './git-objects.ts';
import { parseTree } from './object-format.ts';

/** No folder has so many files, but a few kilobytes of trees that hold each other can stand for more paths than there are atoms. */
const MOST_PATHS = 1_000_000;
/** A path has at most 4096 bytes. Deeper trees overflow the stack of git itself (git: core.maxTreeDepth). */
const DEEPEST = 2048;

type Entry = ReturnType<typeof parseTree>[number];

/**
 * Whether more paths differ between two trees (commits) than can be worked on; git would try, and take all memory there
 * is. Each pair of trees is looked at once, however often it occurs. `before` null: nothing is there yet.
 */
export async function differsBeyondMeasure(objects: GitObjects, before: ObjectId | null, after: ObjectId): Promise<boolean> {
  const counted = new Map<string, number>();
  const entriesOf = async (tree: ObjectId | null): Promise<ReadonlyMap<string, Entry>> => {
    const object = tree === null ? null : await objects.read(Buffer.from(tree));
    return new Map(object?.type === 'tree' ? parseTree(object.bytes, object.id.length / 2).map((entry) => [entry.name, entry]) : []);
  };
  const count = async (one: ObjectId | null, other: ObjectId | null, depth: number): Promise<number> => {
    if (one === other) return 0;
    const pair = `${one} ${other}`;
    const known = counted.get(pair);
    if (known !== undefined) return known;
    if (depth > DEEPEST) return Number.POSITIVE_INFINITY;
    const [ours, theirs] = await Promise.all([entriesOf(one), entriesOf(other)]);
    let sum = 0;
    for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
      const [a, b] = [ours.get(name), theirs.get(name)];
      if (a?.id === b?.id && a?.mode === b?.mode) continue;
      sum += Number(isFile(a)) + Number(isFile(b)) + (await count(treeIn(a), treeIn(b), depth + 1));
      if (sum > MOST_PATHS) return Number.POSITIVE_INFINITY;
    }
    counted.set(pair, sum);
    return sum;
  };
  const rootOf = async (id: ObjectId | null): Promise<ObjectId | null> => (id === null ? null : (await objects.commit(id)).tree);
  return (await count(await rootOf(before), await rootOf(after), 0)) > MOST_PATHS;
}

const isTree = (entry: Entry | undefined): entry is Entry => entry?.mode === '40000';
const isFile = (entry: Entry | undefined): boolean => entry !== undefined && !isTree(entry);
const treeIn = (entry: Entry | undefined): ObjectId | null => (isTree(entry) ? entry.id : null);
