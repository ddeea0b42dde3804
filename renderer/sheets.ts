import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../shared/problem.ts';

/** The one thing that lies over the window, if any. */
export type OpenSheet =
  | { readonly kind: 'palette' }
  | { readonly kind: 'add'; readonly path?: string; readonly url?: string }
  | { readonly kind: 'join' }
  | { readonly kind: 'address'; readonly folder: string }
  | { readonly kind: 'remove'; readonly folder: string }
  | { readonly kind: 'problem'; readonly folder: string | null; readonly problem: Problem };

export interface Sheets {
  readonly open: OpenSheet | null;
  readonly show: (sheet: OpenSheet) => void;
  readonly close: () => void;
}

export type SheetStore = StoreApi<Sheets>;

export const createSheetStore = (): SheetStore => createStore<Sheets>((set) => ({ open: null, show: (open) => set({ open }), close: () => set({ open: null }) }));
