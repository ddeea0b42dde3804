import { useEffect } from 'react';
import { useSight } from '../window-context.tsx';

/** Puts the chosen theme on the page; `system` leaves it to the desktop. */
export function useTheme(): void {
  const theme = useSight(({ state }) => state?.appearance.theme ?? 'system');
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
