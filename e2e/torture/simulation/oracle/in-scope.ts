import { isWithin, parseDisplayPath, type RepoPath } from '../../../../electron/engine/repo-path.ts';
import type { SimulatedMachine } from '../machine.ts';

/** What the world's `.gitignore` names. */
export const isIgnored = (path: string): boolean => /\.ign$|^cache\//.test(path);

/** Whether a path is one that the machines share: neither ignored nor held back on one of them. */
export function inScopeOf(machines: readonly SimulatedMachine[]): (path: string) => boolean {
  const held = machines.flatMap(({ state }) => state?.held.map(({ path }) => parseDisplayPath(path)) ?? []);
  return (path) => !isIgnored(path) && !held.some((other) => isWithin(path as RepoPath, other));
}
