import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RefBackup } from '../shared/mirror.ts';
import type { MirrorProblem } from '../shared/mirror-problem.ts';
import type { Problem } from '../shared/problem.ts';

/** The one thing that lies over the window, if any. */
export type OpenSheet =
  | { readonly kind: 'palette' }
  /** `then`: folders that were dropped with it, asked about one after the other. */
  | { readonly kind: 'add'; readonly path?: string; readonly url?: string; readonly then?: readonly string[] }
  | { readonly kind: 'join' }
  | { readonly kind: 'address'; readonly folder: string }
  | { readonly kind: 'remove'; readonly folder: string }
  | { readonly kind: 'mirror' }
  /** `name`: another token for that one. */
  | { readonly kind: 'account'; readonly name?: string }
  | { readonly kind: 'mirror-plan' | 'mirror-settings' | 'mirror-remove'; readonly mirror: string }
  | { readonly kind: 'mirror-problem'; readonly mirror: string; readonly problem: MirrorProblem }
  | { readonly kind: 'mirror-restore'; readonly mirror: string; readonly repo: string; readonly backup: RefBackup }
  | { readonly kind: 'problem'; readonly folder: string | null; readonly problem: Problem };

export interface Sheets {
  readonly open: OpenSheet | null;
  readonly show: (sheet: OpenSheet) => void;
  readonly close: () => void;
}

/** The sheet that asks about dropped folders, beginning with the first; null for none. */
export function addSheet([path, ...then]: readonly string[]): OpenSheet | null {
  return path === undefined ? null : { kind: 'add', path, ...(then.length > 0 ? { then } : {}) };
}

export type SheetStore = StoreApi<Sheets>;

export const createSheetStore = (): SheetStore => createStore<Sheets>((set) => ({ open: null, show: (open) => set({ open }), close: () => set({ open: null }) }));
