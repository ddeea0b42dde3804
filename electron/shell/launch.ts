import type { Place } from '../../shared/place.ts';
import { placeSchema } from '../../shared/place.ts';

/** What a start of the app, first or second, asks for. */
export interface Launch {
  readonly home: string | undefined;
  /** Started by the desktop at login: tray only. */
  readonly hidden: boolean;
  /** Where the window shall open; null: wherever it is. */
  readonly place: Place | null;
}

export const LINK_SCHEME = 'lockstep';

/** `--home DIR`, `--hidden` and a `lockstep://` link out of a command line; Chromium's own switches are passed over. */
export function parseLaunch(args: readonly string[]): Launch {
  const homeAt = args.findIndex((arg) => arg === '--home' || arg.startsWith('--home='));
  const given = args[homeAt];
  const home = given === '--home' ? args[homeAt + 1] : given?.slice('--home='.length);
  const link = args.find((arg) => arg.toLowerCase().startsWith(`${LINK_SCHEME}:`));
  return { home: home || undefined, hidden: args.includes('--hidden'), place: link === undefined ? null : linkPlace(link) };
}

/**
 * A link comes from any web page, so it only ever opens a view or fills in a form: `lockstep://open/FOLDER`,
 * `lockstep://add?url=ADDRESS`. Whatever else it is, the window opens and nothing more.
 */
export function linkPlace(link: string): Place {
  if (!URL.canParse(link)) return { view: 'home' };
  const { host, pathname, searchParams } = new URL(link);
  const place = placeSchema.safeParse(wanted(host.toLowerCase(), pathname.slice(1), searchParams));
  return place.success ? place.data : { view: 'home' };
}

function wanted(verb: string, subject: string, options: URLSearchParams): unknown {
  if (verb === 'open') return { view: 'folder', id: subject };
  return verb === 'add' ? { view: 'add', url: options.get('url') ?? undefined } : null;
}
