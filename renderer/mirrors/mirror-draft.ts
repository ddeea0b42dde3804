import type { MirrorOptions, MirrorSummary } from '../../shared/mirror.ts';

/** A mirror's settings as they are typed. */
export interface SettingsDraft extends Pick<MirrorOptions, 'how' | 'lfs' | 'deletions' | 'rewrites'> {
  readonly name: string;
  readonly every: string;
  readonly keepDays: string;
}

export const settingsDraft = ({ name, options: { how, every, lfs, deletions, rewrites, keepDays } }: MirrorSummary): SettingsDraft => ({ name, how, lfs, deletions, rewrites, every: String(every), keepDays: String(keepDays) });

export const isWholeNumber = (typed: string): boolean => /^[1-9]\d{0,6}$/.test(typed.trim());

export const changedOptions = ({ name, every, keepDays, ...rest }: SettingsDraft) => ({ name: name.trim(), options: { ...rest, every: Number(every.trim()), keepDays: Number(keepDays.trim()) } });
