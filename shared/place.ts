import { z } from 'zod';

const id = z.string().min(1).max(200);

/**
 * What the shell can open in a window. It travels as the hash of the window's address, so that one page serves every window:
 * `#/`, `#/folder/ID`, `#/conflicts/FOLDER?conflict=ID`, `#/mirrors/MIRROR?repo=NAME`, `#/settings`, `#/add?url=ADDRESS`,
 * `#/message/FOLDER` (the commit popup).
 * A view of the window that nobody opens from outside needs no entry here.
 */
export const placeSchema = z.discriminatedUnion('view', [
  z.object({ view: z.literal('home') }),
  z.object({ view: z.literal('folder'), id }),
  z.object({ view: z.literal('conflicts'), id, conflict: id.optional() }),
  z.object({ view: z.literal('settings') }),
  z.object({ view: z.literal('mirrors'), id: id.optional(), repo: z.string().min(1).max(1000).optional() }),
  /** The Add sheet, filled in but not acted upon: the address came from outside. */
  z.object({ view: z.literal('add'), url: z.string().max(2000).optional() }),
  z.object({ view: z.literal('message'), id }),
]);
export type Place = z.infer<typeof placeSchema>;

/** `{ view: 'folder', id: 'notes' }` -> `#/folder/notes`. */
export function placeHash(place: Place): string {
  if (place.view === 'home') return '#/';
  const { view, ...rest } = place;
  const { id: subject, ...options } = { id: undefined, ...rest };
  const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== undefined)).toString();
  return `#/${view}${subject === undefined ? '' : `/${encodeURIComponent(subject)}`}${query && `?${query}`}`;
}

/** The place that a hash names; `home` for none and for one that is unknown or malformed. */
export function parsePlace(hash: string): Place {
  const [, view = '', subject, query = ''] = /^#\/([a-z]*)(?:\/([^/?]*))?(?:\?(.*))?$/.exec(hash) ?? [];
  const parsed = placeSchema.safeParse({ ...Object.fromEntries(new URLSearchParams(query)), view, id: subject && decode(subject) });
  return parsed.success ? parsed.data : { view: 'home' };
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};
