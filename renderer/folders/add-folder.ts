import type { CommandArguments } from '../../shared/commands.ts';
import type { FailureCode } from '../../shared/failure.ts';
import { displayParts } from '../components/path-parts.ts';

/** What the sheet asks for, as it is typed. */
export interface AddDraft {
  readonly how: 'have' | 'clone';
  readonly path: string;
  readonly url: string;
  readonly name: string;
  readonly asksForMessage: boolean;
  readonly startsPaused: boolean;
}

export const startDraft = (path: string | undefined, url: string | undefined): AddDraft => ({
  how: url === undefined ? 'have' : 'clone',
  path: path ?? '',
  url: url ?? '',
  name: '',
  // In the window somebody can be asked; on the command line the default is the other one.
  asksForMessage: true,
  startsPaused: false,
});

/** The last name of a path or an address, without `.git`: what a folder is called unless somebody says otherwise. */
export function suggestedName({ how, path, url }: Pick<AddDraft, 'how' | 'path' | 'url'>): string {
  const from = how === 'clone' && url.trim() ? url : path;
  const { name } = displayParts(from.trim().replace(/[/:]+$/, '').replace(/:(?!\/\/)/, '/'));
  return name.replace(/\.git$/, '');
}

/** What `folder.add` gets. Nothing that was left empty is sent. */
export function addArguments(draft: AddDraft): CommandArguments<'folder.add'> {
  const name = draft.name.trim();
  return {
    path: draft.path.trim(),
    ...(draft.how === 'clone' ? { clone: draft.url.trim() } : {}),
    ...(name ? { name } : {}),
    paused: draft.startsPaused,
    options: { message: draft.asksForMessage ? 'popup' : 'auto' },
  };
}

/** The field that a failure is about; null: said below the form. */
export function fieldOfFailure(code: FailureCode, how: AddDraft['how']): 'path' | 'url' | null {
  switch (code) {
    case 'no-such-path':
    case 'not-a-repository':
    case 'already-added':
    case 'nested-in-folder':
    case 'path-taken':
    case 'path-refused':
      return 'path';
    case 'address-refused':
    case 'auth-failed':
    case 'remote-gone':
    case 'host-key-changed':
    case 'tls-failed':
    case 'timeout':
    case 'offline':
      return how === 'clone' ? 'url' : null;
    default:
      return null;
  }
}
