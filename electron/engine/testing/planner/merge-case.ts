import type { RepoPath } from '../../repo-path.ts';
import { isWithin } from '../../repo-path.ts';
import type { Tree } from '../apply/memory-tree.ts';
import { Draw } from './draw.ts';
import { withFoldedNames } from './folding-case.ts';
import { perturbed, somePath, someTree, type TreeDraw } from './random-trees.ts';

/** One of two machines that changed the same base. */
export interface CaseMachine {
  readonly name: string;
  readonly head: Tree;
  /** What lies on its disk: the head, as it is when a person has just been at work. */
  readonly disk: Tree;
  readonly emptyDirectories: readonly RepoPath[];
  /** Fifos and the like. */
  readonly odd: readonly RepoPath[];
  /** Kept out of commits there: too large, a secret. */
  readonly held: readonly RepoPath[];
  /** That its repository was told not to look at. */
  readonly unlooked: readonly RepoPath[];
  /** Its file system takes `a` and `A` for one name. */
  readonly foldsCase: boolean;
}

export interface MergeCase {
  readonly base: Tree;
  readonly ada: CaseMachine;
  readonly grace: CaseMachine;
  /** Files or directories that are ignored on both machines. */
  readonly ignored: readonly RepoPath[];
}

const MOST_LEAVES = 7;
const MOST_CHANGES = 4;

/** The case of a number; the same for the same seed on every machine. */
export function caseOf(seed: number, number: number): MergeCase {
  const draw = new Draw(seed, number);
  let fresh = 0xe000000;
  const source: TreeDraw = { draw, freshId: () => (fresh++).toString(16) };
  const base = someTree(source, MOST_LEAVES);
  // Changes that both sides made alike come first.
  const common = draw.chance(20) ? perturbed(base, source, 2) : base;
  const head = () => (draw.chance(12) ? base : draw.chance(5) ? someTree(source, MOST_LEAVES) : perturbed(common, source, MOST_CHANGES));
  const heads = [head(), head()] as const;
  const machine = (name: string, own: Tree, other: Tree): CaseMachine => {
    const disk = perturbed(own, source, draw.chance(40) ? 0 : MOST_CHANGES);
    // Where both have something new, what is held or ignored counts most.
    const paths = [...disk.keys(), ...other.keys()].filter((path) => disk.get(path) !== own.get(path) || other.get(path) !== own.get(path));
    return {
      name,
      head: own,
      disk,
      emptyDirectories: draw.chance(20) ? somePaths(draw, []) : [],
      odd: draw.chance(3) ? somePaths(draw, []) : [],
      held: draw.chance(30) ? somePaths(draw, paths) : [],
      foldsCase: false,
      unlooked: draw.chance(8) ? somePaths(draw, [...own.keys()]) : [],
    };
  };
  const [ada, grace] = [machine('ada', ...heads), machine('grace', heads[1], heads[0])];
  const ignored = draw.chance(25) ? somePaths(draw, [...ada.disk.keys(), ...grace.disk.keys()].filter((path) => !base.has(path))) : [];
  const given: MergeCase = { base, ada, grace, ignored };
  return draw.chance(12) ? withFoldedNames(given, draw.chance(70) ? 'ada' : 'grace') : given;
}

/** One or two, of those that there are if possible. */
const somePaths = (draw: Draw, among: readonly RepoPath[]): RepoPath[] => Array.from({ length: 1 + draw.below(2) }, () => (draw.chance(70) ? draw.pick(among) : undefined) ?? somePath(draw));

export const isBelowAny = (path: RepoPath, roots: readonly RepoPath[]): boolean => roots.some((root) => isWithin(path, root));
