import { useStore } from 'zustand';
import { AddFolderSheet } from '../folders/AddFolderSheet.tsx';
import { AddressSheet } from '../folders/AddressSheet.tsx';
import { ProblemSheet } from '../folders/ProblemSheet.tsx';
import { RemoveFolderSheet } from '../folders/RemoveFolderSheet.tsx';
import { JoinSheet } from '../settings/JoinSheet.tsx';
import { useWindow } from '../window-context.tsx';
import { CommandPalette } from './CommandPalette.tsx';

/** Whatever lies over the window: at most one thing. */
export function Sheets() {
  const { sheets } = useWindow();
  const { open, close } = useStore(sheets);
  switch (open?.kind) {
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'add':
      return <AddFolderSheet path={open.path} url={open.url} onClose={close} />;
    case 'address':
      return <AddressSheet folder={open.folder} onClose={close} />;
    case 'join':
      return <JoinSheet onClose={close} />;
    case 'remove':
      return <RemoveFolderSheet folder={open.folder} onClose={close} />;
    case 'problem':
      return <ProblemSheet folder={open.folder} problem={open.problem} onClose={close} />;
    case undefined:
      return null;
  }
}
