import { describe, expect, it } from 'vitest';
import { openingBounds, trayCorner } from './window-bounds.ts';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('where the window opens', () => {
  it.each([
    ['first time', null, { width: 1180, height: 800 }],
    ['as it was', { x: 100, y: 50, width: 900, height: 600 }, { x: 100, y: 50, width: 900, height: 600 }],
    ['on the second display', { x: 2000, y: 50, width: 900, height: 600 }, { x: 2000, y: 50, width: 900, height: 600 }],
    ['on a display that is gone', { x: 9000, y: 50, width: 900, height: 600 }, { width: 900, height: 600 }],
    ['with its title above the edge', { x: 10, y: -200, width: 900, height: 600 }, { x: 10, y: 0, width: 900, height: 600 }],
    ['larger than the display', { x: 0, y: 0, width: 5000, height: 5000 }, { x: 0, y: 0, width: 1920, height: 1080 }],
    ['smaller than it can be', { x: 0, y: 0, width: 200, height: 200 }, { x: 0, y: 0, width: 720, height: 480 }],
  ])('%s', (_case, kept, bounds) => {
    expect(openingBounds(kept, [display, second])).toEqual(bounds);
  });
});

describe('the corner of the tray', () => {
  const size = { width: 400, height: 300 };
  it.each([
    ['panel at the bottom', { x: 0, y: 0, width: 1920, height: 1040 }, { x: 1508, y: 728 }],
    ['panel on top', { x: 0, y: 30, width: 1920, height: 1050 }, { x: 1508, y: 42 }],
    ['panel at the left', { x: 60, y: 0, width: 1860, height: 1080 }, { x: 72, y: 768 }],
    ['no panel', display, { x: 1508, y: 768 }],
  ])('%s', (_case, workArea, at) => {
    expect(trayCorner(size, { bounds: display, workArea })).toEqual({ ...size, ...at });
  });
});
