import type { RefObject } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { MenuAt } from '../components/Menu.tsx';
import { useFolderActions } from '../folders/use-folder-actions.ts';
import { useFolderMenu } from '../folders/use-folder-menu.ts';
import { useText } from '../window-context.tsx';

interface RowMenuProps {
  readonly folder: FolderState;
  readonly row: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** Everything that can be done with the folder of a row. */
export function RowMenu({ folder, row, onClose }: RowMenuProps) {
  const text = useText();
  const actions = useFolderActions();
  const more = useFolderMenu(folder);
  const { paused } = folder;
  return (
    <MenuAt
      label={folder.name}
      of={row}
      onClose={onClose}
      entries={[
        { key: 'sync', icon: 'sync', word: text.t('window.folder.sync'), keys: 'S', run: () => actions.sync(folder) },
        { key: 'pause-now', icon: paused ? 'resume' : 'pause', word: text.t(paused ? 'window.folder.resume' : 'window.folder.pause'), keys: 'Space', run: () => actions.togglePause(folder) },
        { key: 'open', icon: 'open', word: text.t('window.folder.open'), run: () => actions.open(folder) },
        ...more,
      ]}
    />
  );
}
