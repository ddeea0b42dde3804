/** What a folder is doing, in the words of INTERFACE.md. A new phase breaks the compile in `text/`. */
export const FOLDER_PHASES = [
  'paused',
  'watching',
  'settling',
  'awaiting-message',
  'committing',
  'pushing',
  'pulling',
  'retrying',
  'conflicted',
  'halted',
] as const;

export type FolderPhase = (typeof FOLDER_PHASES)[number];
