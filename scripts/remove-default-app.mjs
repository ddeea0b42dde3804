import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * electron-builder's afterExtract hook. The fallback Electron brings its default app as `resources/app`, which Electron
 * would load before the packaged app; the official one has none.
 * @param {{ appOutDir: string }} context
 */
export default ({ appOutDir }) => rmSync(join(appOutDir, 'resources/app'), { recursive: true, force: true });
