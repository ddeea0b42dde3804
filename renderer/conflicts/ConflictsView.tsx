import type { Conflict, FolderState } from '../../shared/app-state.ts';
import { dayAndClock, relativeTime } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Chip } from '../components/Chip.tsx';
import { Icon } from '../components/Icon.tsx';
import { PathName } from '../components/PathName.tsx';
import { SplitView } from '../components/SplitView.tsx';
import { routeHash } from '../route.ts';
import { useAppState, useText } from '../window-context.tsx';
import { ComparePanel } from './ComparePanel.tsx';
import './conflicts.css';

interface ConflictsViewProps {
  readonly folder: string | undefined;
  readonly chosen: string | undefined;
}

/** The files that have two versions, and the comparison of the chosen one. */
export function ConflictsView({ folder: id, chosen }: ConflictsViewProps) {
  const text = useText();
  const state = useAppState();
  if (!state) return <main aria-busy="true" />;
  const folders = state.folders.filter(({ conflicts }) => conflicts.length > 0);
  const all = folders.flatMap(({ conflicts }) => conflicts);
  const shown = all.find((conflict) => conflict.id === chosen) ?? all.find((conflict) => conflict.folder === id) ?? all[0];
  const folder = folders.find((candidate) => candidate.id === shown?.folder);
  if (!shown || !folder) {
    return (
      <main className="nothing">
        <h1>{text.t('window.conflicts.none')}</h1>
        <p>{text.t('window.conflicts.none-detail')}</p>
      </main>
    );
  }
  return (
    <main className="conflicts">
      <SplitView name="conflicts" startWidth={264}>
        <ConflictList folders={folders} shown={shown.id} />
        <ComparePanel key={shown.id} folder={folder} conflict={shown} />
      </SplitView>
    </main>
  );
}

function ConflictList({ folders, shown }: { readonly folders: readonly FolderState[]; readonly shown: string }) {
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

const PICTURE = /\.(png|jpe?g|gif|webp|avif|bmp|heic|tiff?)$/i;

function ConflictItem({ conflict, isShown }: { readonly conflict: Conflict; readonly isShown: boolean }) {
  const text = useText();
  const nowMs = useNow(60_000);
  const isToday = nowMs - Date.parse(conflict.at) < 3_600_000;
  return (
    <li>
      <a className="conflict-item" href={routeHash({ view: 'conflicts', id: conflict.folder, conflict: conflict.id })} {...(isShown ? { 'aria-current': 'true' } : {})}>
        <Icon name={PICTURE.test(conflict.path) ? 'picture' : 'file'} />
        <span className="conflict-words">
          <PathName path={conflict.path} />
          <span className="meta clip">
            {isToday ? relativeTime(text, conflict.at, nowMs) : dayAndClock(text, conflict.at, nowMs)}, {conflict.theirs.machine}
          </span>
        </span>
      </a>
    </li>
  );
}
