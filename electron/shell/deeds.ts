import type { Place } from '../../shared/place.ts';
import type { Text } from '../../shared/text/text.ts';
import type { Clock, Log } from '../engine/ports.ts';
import type { CurrentEngine } from './current-engine.ts';
import { folderPath, openFolder } from './shell-handlers.ts';
import type { MenuAct } from './tray-menu.ts';

interface DeedParts {
  readonly engine: CurrentEngine;
  readonly text: Text;
  readonly clock: Clock;
  readonly log: Log;
  readonly open: (place: Place | null) => void;
  readonly quit: () => void;
  readonly signal: AbortSignal;
}

const SYNC_LIMIT_S = 120;

/** Does what was clicked in the tray. What comes of it is seen in the state; what was not done is in the log. */
export function performer(parts: DeedParts): (deed: MenuAct) => void {
  return (deed) => {
    perform(parts, deed).catch((cause: unknown) => parts.log.warn('A click in the tray was not done', { deed: deed.act, cause: String(cause) }));
  };
}

async function perform({ engine, text, clock, open, quit, signal }: DeedParts, deed: MenuAct): Promise<unknown> {
  switch (deed.act) {
    case 'open':
      return open(deed.place);
    case 'quit':
      return quit();
    case 'pause':
      return engine.handlers?.['folder.pause']({ id: deed.id, forS: deed.forS }, signal);
    case 'resume':
      return engine.handlers?.['folder.resume']({ id: deed.id }, signal);
    case 'sync':
      return engine.handlers?.sync({ id: deed.id, timeoutS: SYNC_LIMIT_S }, signal);
    case 'open-folder':
      return openFolder(folderPath(engine, deed.id), { clock, text });
  }
}
