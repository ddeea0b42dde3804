import type { CommitEntry } from '../../shared/commands.ts';

/** Whether a change has the words in its message, in a path that it touched, or begins its id with them. Nothing wanted: every one has. */
export function matchesFind({ id, message, files }: CommitEntry, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  if (words === '') return true;
  const holds = (text: string | undefined) => text?.toLowerCase().includes(words) ?? false;
  return id.startsWith(words) || holds(message) || files.some(({ path, from }) => holds(path) || holds(from));
}
