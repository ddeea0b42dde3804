import type { Conflict, FolderState } from '../../shared/app-state.ts';
import { bytes } from '../../shared/text/times.ts';
import { Chip } from '../components/Chip.tsx';
import { viewFile } from '../history/file-bytes.ts';
import { useAnswer } from '../use-answer.ts';
import { useText } from '../window-context.tsx';
import { machineName } from './machine-name.ts';

/** Both versions of a picture, beside each other: one is under the name, the other in the copy. */
export function VersionPictures({ folder, conflict }: { readonly folder: FolderState; readonly conflict: Conflict }) {
  return (
    <div className="size-columns">
      {(['mine', 'theirs'] as const).map((side) => (
        <Version key={side} side={side} folder={folder} conflict={conflict} />
      ))}
    </div>
  );
}

function Version({ side, folder, conflict }: { readonly side: 'mine' | 'theirs'; readonly folder: FolderState; readonly conflict: Conflict }) {
  const text = useText();
  const path = conflict.copySide === side ? conflict.copy : conflict.path;
  const { value, failure } = useAnswer('show', folder.head === null ? null : { id: folder.id, commit: folder.head, path }, `${conflict[side].blob} ${path}`);
  const view = value && viewFile(path, value.bytes);
  const whose = machineName(text, conflict[side].machine);
  return (
    <figure className={`compare-caption ${side}`} aria-label={whose}>
      <Chip tone={side}>{text.t(`window.conflicts.${side}`)}</Chip>
      <span className="meta">{whose}</span>
      {view?.kind === 'picture' && <img src={view.address} alt={text.t(`window.conflicts.${side}`)} />}
      <p className="dim">{failure?.message ?? (view && bytes(text, view.size))}</p>
    </figure>
  );
}

/** Whether the bytes of this name can be shown as a picture. */
export const isPicture = (path: string): boolean => viewFile(path, '').kind === 'picture';
