import { app } from 'electron';
import { z } from 'zod';
import { LINK_SCHEME, parseLaunch, type Launch } from './launch.ts';

const handedOver = z.object({ args: z.array(z.string()) });

/**
 * Makes this the one app on its home (the lock is in `userData`, so set that before). False: another has it, and was
 * told how we were started. `again` is called when that happens to us.
 */
export function claimInstance(args: readonly string[], again: (launch: Launch) => void): boolean {
  // In additional data, for Chromium changes order and content of the command line that it hands over by itself.
  if (!app.requestSingleInstanceLock({ args: [...args] })) return false;
  app.on('second-instance', (_event, _commandLine, _folder, data) => {
    const parsed = handedOver.safeParse(data);
    again(parseLaunch(parsed.success ? parsed.data.args : []));
  });
  // macOS hands links over by an event of its own.
  app.on('open-url', (_event, url) => again(parseLaunch([url])));
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  return true;
}
