import { useEffect } from 'react';
import { useWindow } from '../window-context.tsx';

/** The keys that work in every view. */
export function useShortcuts(): void {
  const { sheets } = useWindow();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const { open, show, close } = sheets.getState();
      if (open?.kind === 'palette') close();
      else show({ kind: 'palette' });
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [sheets]);
}
