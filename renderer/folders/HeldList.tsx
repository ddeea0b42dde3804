import type { FolderState, Held } from '../../shared/app-state.ts';
import { heldSentence, problemButton } from '../../shared/text/problem-text.ts';
import { Button } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import { PathName } from '../components/PathName.tsx';
import { goTo } from '../navigation.ts';
import { useRun, useShowSheet, useText } from '../window-context.tsx';
import { ignorePattern, problemDeed } from './problem-deed.ts';
import { useFolderActions } from './use-folder-actions.ts';
import './held-list.css';

/** The files that were left out, each with its reason and what can be done about it. */
export function HeldList({ folder }: { readonly folder: FolderState }) {
  const text = useText();
  if (folder.held.length === 0) {
    return (
      <div className="nothing">
        <h2>{text.t('window.held.none')}</h2>
        <p>{text.t('window.held.none-detail')}</p>
      </div>
    );
  }
  return (
    <ul>
      {folder.held.map((held) => (
        <HeldFile key={held.path} folder={folder} held={held} />
      ))}
    </ul>
  );
}

interface HeldFileProps {
  readonly folder: FolderState;
  readonly held: Held;
  /** Without what the file manager can do as well. */
  readonly isBrief?: boolean;
}

export function HeldFile({ folder, held, isBrief = false }: HeldFileProps) {
  const text = useText();
  return (
    <li className="held-file">
      <Mark name="held" />
      <div className="held-words">
        <PathName path={held.path} isCode />
        <p>{heldSentence(text, held)}</p>
        <HeldButtons folder={folder} held={held} isBrief={isBrief} />
      </div>
    </li>
  );
}

function HeldButtons({ folder, held, isBrief }: HeldFileProps) {
  const text = useText();
  const run = useRun();
  const showSheet = useShowSheet();
  const actions = useFolderActions();
  const { id, options, path } = folder;
  const deed = problemDeed(held.code);
  const ignore = () => void run('folder.set', { id, options: { ignore: [...options.ignore, ignorePattern(held.path)] } }, text.t('window.held.ignore'));
  const first = deed === 'ignore' ? ignore : deed === 'add-folder' ? () => showSheet({ kind: 'add', path: `${path}/${held.path}` }) : () => actions.open(folder, held.path);
  return (
    <div className="held-actions">
      <Button onPress={first} label={text.t('window.button-for', { button: problemButton(text, held), name: held.path })}>
        {problemButton(text, held)}
      </Button>
      {held.code === 'file-too-large' && (
        <Button kind="quiet" onPress={() => goTo({ view: 'folder', id, tab: 'settings' })}>
          {text.t('window.held.raise-limit')}
        </Button>
      )}
      {held.code === 'secret-found' && (
        <>
          <Button kind="quiet" onPress={() => void run('folder.approve', { id, path: held.path }, text.t('window.held.let-through', { path: held.path }))}>
            {text.t('window.held.commit-anyway')}
          </Button>
          <Button kind="quiet" onPress={() => void run('folder.approve', { id, path: held.path, always: true }, text.t('window.held.let-through', { path: held.path }))}>
            {text.t('window.held.never-ask')}
          </Button>
        </>
      )}
      {deed === 'ignore' && !isBrief && (
        <Button kind="quiet" onPress={() => actions.open(folder, held.path)}>
          {text.t('window.held.show-file')}
        </Button>
      )}
    </div>
  );
}
