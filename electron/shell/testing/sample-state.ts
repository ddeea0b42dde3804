import type { AppState, Conflict, FolderState } from '../../../shared/app-state.ts';
import { SAMPLE_NOW, sampleFolder, sampleState } from '../../../shared/testing/sample-state.ts';

/** A folder in step that has not changed yet, but for what is given. */
export const shellFolder = (name: string, over: Partial<FolderState> = {}): FolderState => sampleFolder({ id: name, name, lastCommit: null, lastPush: null, ...over });

/** A running program with these folders, and no other machine known. */
export const shellState = (folders: readonly FolderState[], over: Partial<AppState> = {}): AppState => sampleState({ folders: [...folders], machines: [], ...over });

export const sampleConflict = (folder: string, path: string): Conflict => ({
  id: `${folder}:${path}`,
  folder,
  path,
  copy: `${path} (conflict)`,
  at: SAMPLE_NOW,
  base: null,
  mine: { blob: 'b'.repeat(40), machine: 'laptop' },
  theirs: { blob: 'c'.repeat(40), machine: 'desktop' },
  copySide: 'theirs',
});

export const sampleRequest = { changes: [{ path: 'wren.md', change: 'modified' as const }], total: 1, proposal: 'Change wren.md', draft: null, deadline: '2026-11-21T16:43:00.000Z' };
