import type { Text } from '../../shared/text/text.ts';

/** A machine by its name; a commit that was made without Lockstep names none. */
export const machineName = (text: Text, name: string | null): string => (name === null || name === '' ? text.t('window.conflicts.another-machine') : name);
