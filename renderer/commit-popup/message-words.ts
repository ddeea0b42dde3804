import type { CommitEntry } from '../../shared/commands.ts';

const MOST_EARLIER = 8;

/** Length of the first line, which is what lists show of a message. */
export const subjectLength = (message: string): number => [...(message.split('\n')[0] ?? '')].length;

/** The first lines of the last messages, each once, newest first; merges have none of their own. */
export function earlierMessages(entries: readonly CommitEntry[]): string[] {
  const subjects = entries.filter(({ parents }) => parents.length < 2).map(({ message }) => (message.split('\n')[0] ?? '').trim());
  return [...new Set(subjects)].filter((subject) => subject !== '').slice(0, MOST_EARLIER);
}
