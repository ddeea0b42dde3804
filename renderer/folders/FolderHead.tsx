import type { AppState, FolderState } from '../../shared/app-state.ts';
import { folderSentence, folderWord, heldChip } from '../../shared/text/folder-text.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import { Menu } from '../components/Menu.tsx';
import { useCalm } from '../components/use-calm.ts';
import { useIsStale, useMachineName, useText } from '../window-context.tsx';
import { folderMark } from '../../shared/folder-mark.ts';
import { useFolderActions } from './use-folder-actions.ts';
import { useFolderMenu } from './use-folder-menu.ts';
import { useSteadyMark } from './use-steady-mark.ts';

const ANNOUNCED_EVERY_MS = 5000;

/** Name, state in one sentence, and what can be done with the folder as a whole. */
export function FolderHead({ folder, state }: { readonly folder: FolderState; readonly state: AppState }) {
  const text = useText();
  const nowMs = useNow();
  const machineName = useMachineName();
  const isStale = useIsStale();
  const mark = useSteadyMark(folderMark(folder));
  const word = folderWord(text, folder);
  // The problem's own sentence stands in its panel, with its button.
  const sentence = folder.problem
    ? text.t('window.folder.since', { word, when: dayAndClock(text, folder.problem.since, nowMs) })
    : folderSentence(text, folder, { nowMs, machineName, recent: state.recent });
  const held = heldChip(text, folder);
  return (
    <>
      <div className="folder-head">
        <h1>{folder.name}</h1>
        <div className="folder-buttons">
          <FolderButtons folder={folder} />
        </div>
      </div>
      <p className="folder-sentence">
        <Mark name={mark} stale={isStale} label={word} />
        <span>
          {isStale ? text.t('window.stale.was', { sentence }) : sentence}
          {held && <span className="held-words">; {held}</span>}
        </span>
      </p>
      <Announced word={word} />
    </>
  );
}

/** The sentence counts seconds; what screen readers are told is the state in a word, at most every 5 s. */
const Announced = ({ word }: { readonly word: string }) => (
  <span className="seen-by-readers-only" aria-live="polite">
    {useCalm(word, ANNOUNCED_EVERY_MS)}
  </span>
);

function FolderButtons({ folder }: { readonly folder: FolderState }) {
  const text = useText();
  const actions = useFolderActions();
  const menu = useFolderMenu(folder);
  const { paused } = folder;
  return (
    <>
      <Button icon="sync" onPress={() => actions.sync(folder)}>
        {text.t('window.folder.sync')}
      </Button>
      <Button icon={paused ? 'resume' : 'pause'} onPress={() => actions.togglePause(folder)}>
        {text.t(paused ? 'window.folder.resume' : 'window.folder.pause')}
      </Button>
      <Button icon="open" onPress={() => actions.open(folder)}>
        {text.t('window.folder.open')}
      </Button>
      <Menu
        label={text.t('window.folder.more')}
        entries={menu}
      >
        <IconButton icon="more" kind="plain" label={text.t('window.folder.more')} hasTooltip={false} />
      </Menu>
    </>
  );
}
