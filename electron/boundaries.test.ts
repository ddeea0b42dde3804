import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Who may import whom, as DESIGN's shape says. The first rule whose folder matches counts. */
const LAYERS: readonly { folder: string; may: readonly string[]; electron: boolean }[] = [
  { folder: 'shared', may: ['shared'], electron: false },
  { folder: 'electron/engine', may: ['shared', 'electron/engine'], electron: false },
  { folder: 'electron/control', may: ['shared', 'electron/engine', 'electron/control'], electron: false },
  { folder: 'electron/cli', may: ['shared', 'electron/engine', 'electron/control', 'electron/cli', 'package.json'], electron: false },
  { folder: 'electron', may: ['shared', 'electron'], electron: true },
  { folder: 'renderer', may: ['shared', 'renderer'], electron: false },
];

/** Imports of one file that cross a direction, each as a sentence that says what to mend. */
export function crossings(file: string, source: string): string[] {
  const layer = LAYERS.find(({ folder }) => file.startsWith(folder));
  if (!layer) return [];
  const found: string[] = [];
  for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    if (!specifier) continue;
    if (specifier === 'electron' || specifier.startsWith('electron/')) {
      if (!layer.electron) found.push(`${file} imports Electron: move that into electron/shell, behind a port`);
    } else if (specifier.startsWith('.')) {
      const target = relative(root, resolve(root, dirname(file), specifier));
      if (!layer.may.some((folder) => target.startsWith(folder))) found.push(`${file} imports ${target}: ${layer.folder} may import only ${layer.may.join(', ')}`);
    }
  }
  return found;
}

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

describe('import directions', () => {
  it('are kept by every file', () => {
    // This file holds examples of what is forbidden.
    const files = ['shared', 'electron', 'renderer'].flatMap(sources).filter((file) => file !== 'electron/boundaries.test.ts');
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((file) => crossings(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  it.each([
    ['shared/phase.ts', "import { x } from '../electron/engine/ports.ts'"],
    ['electron/engine/engine.ts', "import { app } from 'electron'"],
    ['electron/engine/engine.ts', "import { tray } from '../shell/tray.ts'"],
    ['electron/control/socket.ts', "import { tray } from '../shell/tray.ts'"],
    ['renderer/main.tsx', "import { x } from '../electron/engine/engine.ts'"],
  ])('%s: %s is named', (file, source) => {
    expect(crossings(file, source)).toHaveLength(1);
  });
});
