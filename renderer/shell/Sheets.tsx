import { useStore } from 'zustand';
import { AddFolderSheet } from '../folders/AddFolderSheet.tsx';
import { AddressSheet } from '../folders/AddressSheet.tsx';
import { ProblemSheet } from '../folders/ProblemSheet.tsx';
import { RemoveFolderSheet } from '../folders/RemoveFolderSheet.tsx';
import { AccountSheet } from '../mirrors/AccountSheet.tsx';
import { AddMirrorSheet } from '../mirrors/wizard/AddMirrorSheet.tsx';
import { MirrorSheets } from '../mirrors/MirrorSheets.tsx';
import { JoinSheet } from '../settings/JoinSheet.tsx';
import { addSheet, type OpenSheet } from '../sheets.ts';
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
      return <AddNext open={open} />;
    case 'address':
      return <AddressSheet folder={open.folder} onClose={close} />;
    case 'join':
      return <JoinSheet onClose={close} />;
    case 'remove':
      return <RemoveFolderSheet folder={open.folder} onClose={close} />;
    case 'problem':
      return <ProblemSheet folder={open.folder} problem={open.problem} onClose={close} />;
    case 'mirror':
      return <AddMirrorSheet onClose={close} />;
    case 'account':
      return <AccountSheet name={open.name} onClose={close} />;
    case 'mirror-plan':
    case 'mirror-settings':
    case 'mirror-remove':
    case 'mirror-problem':
    case 'mirror-restore':
      return <MirrorSheets open={open} onClose={close} />;
    case undefined:
      return null;
  }
}

/** One folder after the other: each gets a sheet of its own. */
function AddNext({ open: { path, url, then = [] } }: { readonly open: OpenSheet & { kind: 'add' } }) {
  const { sheets } = useWindow();
  const close = () => {
    const next = addSheet(then);
    if (next) sheets.getState().show(next);
    else sheets.getState().close();
  };
  return <AddFolderSheet key={`${path} ${url}`} path={path} url={url} more={then.length} onClose={close} />;
}
