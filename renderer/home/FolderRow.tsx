import { GridListItem } from 'react-aria-components';
import type { AppState, FolderState } from '../../shared/app-state.ts';
import { MARK_TONES, markOfProblem } from '../../shared/folder-mark.ts';
import { problemForPerson } from '../../shared/folder-standing.ts';
import { folderSentence, folderWord, heldChip, shownNotes } from '../../shared/text/folder-text.ts';
import { problemButton } from '../../shared/text/problem-text.ts';
import { relativeTime } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { Chip } from '../components/Chip.tsx';
import { DayPlot } from '../components/DayPlot.tsx';
import { Mark } from '../components/Mark.tsx';
import { shortPath } from '../components/path-parts.ts';
import { PathName } from '../components/PathName.tsx';
import { folderMark } from '../../shared/folder-mark.ts';
import { useFolderActions } from '../folders/use-folder-actions.ts';
import { useActOnProblem } from '../folders/use-problem-action.ts';
import { useSteadyMark } from '../folders/use-steady-mark.ts';
import { useText } from '../window-context.tsx';

interface FolderRowProps {
  readonly folder: FolderState;
  readonly state: AppState;
  readonly isStale: boolean;
}

/** Two lines for one folder; what can be done with it takes the plot's place when it is pointed at. */
export function FolderRow({ folder, state, isStale }: FolderRowProps) {
  const text = useText();
  const nowMs = useNow();
  const mark = useSteadyMark(folderMark(folder));
  const machineName = state.machines.find(({ self }) => self)?.name ?? '';
  const sentence = folderSentence(text, folder, { nowMs, machineName, recent: state.recent });
  const held = heldChip(text, folder);
  return (
    <GridListItem id={folder.id} className="folder-row" textValue={`${folder.name}: ${sentence}`}>
      <Mark name={mark} stale={isStale} label={folderWord(text, folder)} />
      <div className="folder-words">
        <div className="folder-name">
          <span className="clip">{folder.name}</span>
          {folder.vcs === 'hg' && <Chip>hg</Chip>}
          <span className="folder-path">
            <PathName path={shortPath(folder.path)} />
          </span>
        </div>
        <p className="clip" title={sentence}>
          {isStale ? text.t('window.stale.was', { sentence }) : sentence}
        </p>
      </div>
      {held && (
        <Chip tone="wait">
          <Mark name="held" size={12} />
          {held}
        </Chip>
      )}
      {shownNotes(folder).map((note) => (
        <Chip key={note.code} tone={MARK_TONES[markOfProblem(note, folder)] === 'wait' ? 'wait' : 'plain'}>
          <Mark name={markOfProblem(note, folder)} size={12} />
          {text.t(`folders.note.${note.code}`)}
        </Chip>
      ))}
      <RowEnd folder={folder} isStale={isStale} />
      <div className="folder-who">
        <div className="clip">{folder.lastCommit?.machine}</div>
        <div className="folder-when">{folder.lastCommit && relativeTime(text, folder.lastCommit.at, nowMs)}</div>
      </div>
    </GridListItem>
  );
}

function RowEnd({ folder, isStale }: { readonly folder: FolderState; readonly isStale: boolean }) {
  const text = useText();
  const actOnProblem = useActOnProblem();
  const { days } = folder;
  const problem = problemForPerson(folder);
  if (problem) {
    return (
      <Button onPress={() => actOnProblem(problem, folder)} label={text.t('window.button-for', { button: problemButton(text, problem), name: folder.name })}>
        {problemButton(text, problem)}
      </Button>
    );
  }
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return (
    <div className="folder-end">
      <DayPlot mine={days.mine} others={days.others} label={text.t('window.plot.sentence', { days: days.mine.length, mine: sum(days.mine), others: sum(days.others) })} />
      {!isStale && <RowActions folder={folder} />}
    </div>
  );
}

function RowActions({ folder }: { readonly folder: FolderState }) {
  const text = useText();
  const actions = useFolderActions();
  return (
    <div className="folder-actions">
      <IconButton icon="sync" label={text.t('window.folder.sync')} keys="S" onPress={() => actions.sync(folder)} />
      <IconButton
        icon={folder.paused ? 'resume' : 'pause'}
        label={text.t(folder.paused ? 'window.folder.resume' : 'window.folder.pause')}
        keys="Space"
        onPress={() => actions.togglePause(folder)}
      />
      <IconButton icon="open" label={text.t('window.folder.open')} onPress={() => actions.open(folder)} />
    </div>
  );
}
