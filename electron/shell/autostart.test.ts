import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Autostart } from './autostart.ts';

describe('starting at login', () => {
  let configHome: string;
  beforeEach(() => (configHome = mkdtempSync(join(tmpdir(), 'lockstep-autostart-'))));
  afterEach(() => rmSync(configHome, { recursive: true }));

  const autostart = (home?: string) => new Autostart({ configHome, program: ['/opt/lockstep/lockstep'], home, icon: '/opt/lockstep/icon.png' });
  const file = () => join(configHome, 'autostart', 'lockstep.desktop');

  it('writes the entry and takes it away', async () => {
    const entry = autostart();
    await entry.keep(false);
    await entry.keep(true);
    expect(readFileSync(file(), 'utf8')).toContain('Exec="/opt/lockstep/lockstep" "--hidden"\n');
    await entry.keep(false);
    expect(readdirSync(join(configHome, 'autostart'))).toEqual([]);
  });

  it('leaves alone what was switched off in the desktop, until it is asked for anew', async () => {
    await autostart().keep(true);
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}Hidden=true\n`);
    const entry = autostart();
    await entry.keep(true);
    expect(readFileSync(file(), 'utf8')).toContain('Hidden=true');
    await entry.keep(false);
    await entry.keep(true);
    expect(readFileSync(file(), 'utf8')).not.toContain('Hidden=true');
  });

  it('follows a program that moved, and keeps homes apart', async () => {
    await autostart().keep(true);
    await new Autostart({ configHome, program: ['/new/place'], home: undefined, icon: '' }).keep(true);
    expect(readFileSync(file(), 'utf8')).toContain('Exec="/new/place"');
    await autostart('/tmp/other home').keep(true);
    const files = readdirSync(join(configHome, 'autostart'));
    expect(files).toHaveLength(2);
    const other = files.find((name) => name !== 'lockstep.desktop') ?? '';
    expect(readFileSync(join(configHome, 'autostart', other), 'utf8')).toContain('"--home" "/tmp/other home" "--hidden"');
  });
});
