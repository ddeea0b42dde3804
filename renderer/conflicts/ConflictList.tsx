import type { Conflict, FolderState } from '../../shared/app-state.ts';
import { dayAndClock, relativeTime } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Chip } from '../components/Chip.tsx';
import { Icon } from '../components/Icon.tsx';
import { PathName } from '../components/PathName.tsx';
import { displayParts } from '../components/path-parts.ts';
import { routeHash } from '../route.ts';
import { useText } from '../window-context.tsx';
import { machineName } from './machine-name.ts';
import { ManyChoices } from './ManyChoices.tsx';
import { isPicture } from './VersionPictures.tsx';

/** The files with two versions, by folder. */
export function ConflictList({ folders, shown }: { readonly folders: readonly FolderState[]; readonly shown: string }) {
  const text = useText();
  return (
    <nav className="conflict-list" aria-label={text.t('window.conflicts.list')}>
      <div className="conflict-groups">
        {folders.map((folder) => (
          <section key={folder.id} aria-label={folder.name}>
            <h2 className="conflict-group">
              <span className="clip">{folder.name}</span>
              <span className="meta">{folder.conflicts.length}</span>
              {folder.vcs === 'hg' && <Chip>hg</Chip>}
            </h2>
            {folder.conflicts.length > 1 && <ManyChoices folder={folder} />}
            <ul>
              {folder.conflicts.map((conflict) => (
                <ConflictItem key={conflict.id} conflict={conflict} isShown={conflict.id === shown} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="conflict-note meta">{text.t('window.conflicts.note')}</p>
    </nav>
  );
}

function ConflictItem({ conflict, isShown }: { readonly conflict: Conflict; readonly isShown: boolean }) {
  const text = useText();
  const nowMs = useNow(60_000);
  const isToday = nowMs - Date.parse(conflict.at) < 3_600_000;
  const { directory, name } = displayParts(conflict.path);
  return (
    <li>
      <a className="conflict-item" title={conflict.path} href={routeHash({ view: 'conflicts', id: conflict.folder, conflict: conflict.id })} {...(isShown ? { 'aria-current': 'true' } : {})}>
        <Icon name={isPicture(conflict.path) ? 'picture' : 'file'} />
        <span className="conflict-words">
          <PathName path={name} />
          {/* On a line of its own: two files of one name differ only in it. */}
          {directory && (
            <span className="meta">
              <PathName path={directory} />
            </span>
          )}
          <span className="meta clip">
            {isToday ? relativeTime(text, conflict.at, nowMs) : dayAndClock(text, conflict.at, nowMs)}, {machineName(text, conflict.theirs.machine)}
          </span>
        </span>
      </a>
    </li>
  );
}
