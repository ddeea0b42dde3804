import type { AppState, FolderState } from '../../shared/app-state.ts';
import type { Text } from '../../shared/text/text.ts';
import { PathName } from '../components/PathName.tsx';
import { shortPath } from '../components/path-parts.ts';
import { Toggle } from '../components/Toggle.tsx';
import { DaysPanel } from '../home/DaysPanel.tsx';
import { standing } from '../home/machine-standing.ts';
import { useRun, useText } from '../window-context.tsx';
import { HeldFile } from './HeldList.tsx';

const SHOWN_HELD = 2;

/** Beside a folder: what is held back, where it lives, what it does, how lively it was. */
export function FolderRail({ folder, state }: { readonly folder: FolderState; readonly state: AppState }) {
  const text = useText();
  return (
    <aside className="rail wide folder-rail" aria-label={text.t('window.home.rail')}>
      {folder.held.length > 0 && (
        <section aria-labelledby="rail-held-head">
          <div className="section-head">
            <h2 id="rail-held-head">{text.t('window.held.title')}</h2>
            <span className="meta">
              {folder.held.length}; {text.t('window.held.rest')}
            </span>
          </div>
          <ul>
            {folder.held.slice(0, SHOWN_HELD).map((held) => (
              <HeldFile key={held.path} folder={folder} held={held} isBrief />
            ))}
          </ul>
        </section>
      )}
      <FolderFacts folder={folder} state={state} />
      <FolderSwitches folder={folder} />
      <DaysPanel days={folder.days} />
    </aside>
  );
}

function FolderFacts({ folder, state }: { readonly folder: FolderState; readonly state: AppState }) {
  const text = useText();
  const { directories, polled } = folder.watching;
  return (
    <section aria-labelledby="where-head">
      <div className="section-head">
        <h2 id="where-head">{text.t('window.folder.where')}</h2>
      </div>
      <dl className="facts">
        <dt>{text.t('window.folder.path')}</dt>
        <dd>
          <PathName path={shortPath(folder.path)} isCode />
        </dd>
        <dt>{text.t('window.folder.kind')}</dt>
        <dd>{folder.branch === null ? text.t('window.folder.kind-detached') : text.t(`window.folder.kind-${folder.vcs}`, { branch: folder.branch })}</dd>
        <dt>{text.t('window.folder.remote')}</dt>
        <dd>{folder.remote ? <PathName path={folder.remote} isCode /> : text.t('window.folder.no-remote')}</dd>
        <dt>{text.t('window.folder.newest')}</dt>
        <dd>{newest(text, folder, state)}</dd>
        <dt>{text.t('window.folder.watching')}</dt>
        <dd>{polled > 0 ? text.t('window.folder.watching-some', { count: directories, polled }) : text.t('window.folder.watching-all', { count: directories })}</dd>
      </dl>
    </section>
  );
}

/** "8f2c1d0. In step with 2 of 3 machines." */
function newest(text: Text, folder: FolderState, state: AppState): string {
  if (folder.head === null) return text.t(isBeingRead(folder) ? 'window.folder.reading' : 'window.folder.no-commit');
  const others = state.machines.filter((machine) => !machine.self && standing(machine, folder) !== 'unknown');
  const commit = folder.head.slice(0, 7);
  if (others.length === 0) return commit;
  return `${commit}. ${text.t('window.folder.in-step-with', { count: others.filter((machine) => standing(machine, folder) === 'same').length, total: others.length })}`;
}

/** The first look counts the days of the history; until then an empty folder and an unread one look the same. */
const isBeingRead = ({ days }: FolderState): boolean => days.mine.length === 0;

function FolderSwitches({ folder }: { readonly folder: FolderState }) {
  const text = useText();
  const run = useRun();
  const { id, options } = folder;
  return (
    <section aria-labelledby="does-head">
      <div className="section-head">
        <h2 id="does-head">{text.t('window.folder.does')}</h2>
      </div>
      {(['commit', 'push', 'pull'] as const).map((key) => (
        <Toggle key={key} label={text.t(`window.options.${key}`)} isOn={options[key]} onChange={(isOn) => void run('folder.set', { id, options: { [key]: isOn } })} />
      ))}
      <Toggle label={text.t('window.options.ask')} isOn={options.message === 'popup'} onChange={(isOn) => void run('folder.set', { id, options: { message: isOn ? 'popup' : 'auto' } })} />
    </section>
  );
}
