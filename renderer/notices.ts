import { createStore, type StoreApi } from 'zustand/vanilla';

/** A line in the corner: something was done, perhaps with a way back, or was not. */
export interface Notice {
  readonly id: number;
  readonly tone: 'done' | 'stop';
  readonly sentence: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface Notices {
  readonly list: readonly Notice[];
  readonly show: (notice: Omit<Notice, 'id'>) => void;
  readonly dismiss: (id: number) => void;
}

export type NoticeStore = StoreApi<Notices>;

const MOST_SHOWN = 3;

export const createNoticeStore = (): NoticeStore =>
  createStore<Notices>((set) => ({
    list: [],
    // The same sentence twice is said once.
    show: (notice) =>
      set(({ list }) => ({ list: [...list.filter(({ sentence }) => sentence !== notice.sentence), { ...notice, id: (list.at(-1)?.id ?? 0) + 1 }].slice(-MOST_SHOWN) })),
    dismiss: (id) => set(({ list }) => ({ list: list.filter((notice) => notice.id !== id) })),
  }));
