import { describe, expect, it, vi } from 'vitest';
import { appFile } from './app-protocol.ts';

vi.mock('electron', () => ({ protocol: {} }));

describe('the files of the window', () => {
  it.each([
    ['app://lockstep/index.html', '/out/renderer/index.html'],
    ['app://lockstep/assets/main-1.js?v=2#/home', '/out/renderer/assets/main-1.js'],
    ['app://lockstep/../../etc/a.png', '/out/renderer/etc/a.png'],
  ])('%s is %s', (address, file) => {
    expect(appFile('/out/renderer', address)).toBe(file);
  });

  it.each(['app://elsewhere/index.html', 'app://lockstep/..%2f..%2fpreload%2fa.js', 'app://lockstep/%2e%2e%2fmain.js', 'app://lockstep/', 'app://lockstep/secrets.json', 'app://lockstep/a%00.js', 'app://lockstep/%zz.js'])(
    '%s is none',
    (address) => {
      expect(appFile('/out/renderer', address)).toBeNull();
    },
  );
});
