import type { FolderState } from '../app-state.ts';
import type { Params, ProblemCode } from '../problem.ts';
import { ofKind } from './problem-text.ts';
import type { Text } from './text.ts';

/** What is known of a problem, or of a path that is held back. */
interface Met {
  readonly code: ProblemCode;
  readonly params: Params;
  readonly path?: string | undefined;
}

/** What a person does next about a problem, in one line, with the commands as they are typed. `folder` is null for a problem of the program itself. */
export function nextStep(text: Text, { code, params, path }: Met, folder: Pick<FolderState, 'id' | 'path' | 'remoteName'> | null): string {
  const values = {
    ...params,
    folder: folder?.id,
    place: folder ? shellWord(folder.path) : undefined,
    path: path === undefined ? undefined : shellWord(path),
    remote: folder?.remoteName ?? undefined,
    file: fileOf(params, path, folder),
  };
  return text.first([...ofKind(`steps.${code}.how`, values), `steps.${code}.full`, `steps.${code}.plain`], values);
}

function fileOf({ file }: Params, path: string | undefined, folder: Pick<FolderState, 'path'> | null): string | undefined {
  if (typeof file === 'string') return shellWord(file);
  if (path === undefined || folder === null) return undefined;
  return shellWord(path.startsWith('/') ? path : `${folder.path}/${path}`);
}

/** A word as a shell takes it: quoted only where it must be. */
const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
