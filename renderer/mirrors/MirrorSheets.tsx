import type { OpenSheet } from '../sheets.ts';
import { useSight } from '../window-context.tsx';
import { MirrorPlanSheet } from './MirrorPlanSheet.tsx';
import { MirrorProblemSheet } from './MirrorProblemSheet.tsx';
import { MirrorSettingsSheet } from './MirrorSettingsSheet.tsx';
import { RemoveMirrorSheet } from './RemoveMirrorSheet.tsx';
import { RestoreSheet } from './RestoreSheet.tsx';

export type MirrorSheet = Extract<OpenSheet, { readonly mirror: string }>;

interface MirrorSheetsProps {
  readonly open: MirrorSheet;
  readonly onClose: () => void;
}

/** The dialogs about one mirror; none when it is gone by now. */
export function MirrorSheets({ open, onClose }: MirrorSheetsProps) {
  const mirror = useSight(({ state }) => state?.mirrors.find(({ id }) => id === open.mirror));
  if (!mirror) return null;
  switch (open.kind) {
    case 'mirror-plan':
      return <MirrorPlanSheet mirror={mirror} onClose={onClose} />;
    case 'mirror-settings':
      return <MirrorSettingsSheet mirror={mirror} onClose={onClose} />;
    case 'mirror-remove':
      return <RemoveMirrorSheet mirror={mirror} onClose={onClose} />;
    case 'mirror-problem':
      return <MirrorProblemSheet mirror={mirror} problem={open.problem} onClose={onClose} />;
    case 'mirror-restore':
      return <RestoreSheet mirror={mirror.id} repo={open.repo} backup={open.backup} onClose={onClose} />;
  }
}
