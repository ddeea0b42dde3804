import { useState, type DragEvent, type ReactNode } from 'react';
import { Icon } from '../components/Icon.tsx';
import { addSheet } from '../sheets.ts';
import { useWindow } from '../window-context.tsx';
import './folder-drop.css';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** The whole window takes a dropped folder, and asks about it before anything happens. */
export function FolderDrop({ children }: { readonly children: ReactNode }) {
  const { client, sheets, text } = useWindow();
  const [isOver, setOver] = useState(false);
  const dropped = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setOver(false);
    const sheet = addSheet([...event.dataTransfer.files].map((file) => client.pathOf(file)).filter(Boolean));
    if (sheet) sheets.getState().show(sheet);
  };
  return (
    <div
      className="folder-drop"
      onDragOver={(event) => {
        // Without this the page itself would be replaced by what is dropped.
        event.preventDefault();
        setOver(hasFiles(event));
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOver(false)}
      onDrop={dropped}
    >
      {children}
      {isOver && (
        <div className="drop-veil">
          <Icon name="down" />
          {text.t('window.drop')}
        </div>
      )}
    </div>
  );
}
