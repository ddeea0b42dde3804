import { describe, expect, it } from 'vitest';
import { desktopEntry, isSwitchedOff } from './desktop-entry.ts';

const entry = (...command: string[]) => desktopEntry({ name: 'Lockstep', comment: 'In step', command, icon: '/opt/a.png' });
const exec = (...command: string[]) => /^Exec=(.*)$/m.exec(entry(...command))?.[1];

/** Reads `Exec` back the way a desktop does: the value's escapes, then quotes, then field codes. */
function read(line = ''): string[] {
  const unescaped = line.replace(/\\([\\ntr])/g, (_all, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? '\\');
  return [...unescaped.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) => quoted.replace(/\\(.)/g, '$1').replaceAll('%%', '%'));
}

describe('the autostart entry', () => {
  it.each([['/usr/bin/lockstep'], ['/home/Kim Lee/My $HOME/`x`/app'], ['a"b\\c'], ['100 %u'], ['line\nbreak\ttab'], ["O'Neil; rm -rf /"]])('keeps %j as one argument', (path) => {
    expect(read(exec(path, '--hidden'))).toEqual([path, '--hidden']);
  });

  it('has one line a key', () => {
    expect(entry('a\nExec=evil').split('\n').filter((line) => line.startsWith('Exec='))).toHaveLength(1);
  });

  it('knows when it was switched off', () => {
    expect(isSwitchedOff(entry('x'))).toBe(false);
    expect(isSwitchedOff(`${entry('x')}Hidden=true\n`)).toBe(true);
    expect(isSwitchedOff(entry('x').replace('enabled=true', 'enabled=false'))).toBe(true);
  });
});
