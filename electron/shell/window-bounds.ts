import type { Rectangle } from 'electron';

export const SMALLEST = { width: 720, height: 480 };
const FIRST = { width: 1180, height: 800 };
/** This much of a window must be on some display, or nobody could take hold of it. */
const VISIBLE_PX = 120;

export interface KeptWindow {
  readonly bounds: Rectangle | null;
  readonly maximised: boolean;
}

/** Where the window opens: as it was, where a display still shows it, never larger than that display. */
export function openingBounds(kept: Rectangle | null, displays: readonly Rectangle[]): Partial<Rectangle> & { width: number; height: number } {
  const home = kept && displays.find((display) => overlap(kept, display) >= VISIBLE_PX);
  const size = { width: Math.max(SMALLEST.width, kept?.width ?? FIRST.width), height: Math.max(SMALLEST.height, kept?.height ?? FIRST.height) };
  const display = home ?? displays[0];
  const fitting = display ? { width: Math.min(size.width, display.width), height: Math.min(size.height, display.height) } : size;
  return home && kept ? { ...fitting, x: kept.x, y: Math.max(kept.y, home.y) } : fitting;
}

/** The shorter side of what two rectangles share, in pixels. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, Math.min(width, height));
}

/**
 * The corner of the tray, for a window of this size: systems do not tell where the tray is, but the panel is where the
 * work area is smaller than the display, and the tray at its right end.
 */
export function trayCorner(size: { width: number; height: number }, display: { bounds: Rectangle; workArea: Rectangle }, marginPx = 12): Rectangle {
  const { bounds, workArea } = display;
  const panelOnTop = workArea.y > bounds.y && workArea.y + workArea.height >= bounds.y + bounds.height;
  const panelAtLeft = workArea.x > bounds.x && workArea.x + workArea.width >= bounds.x + bounds.width;
  const x = panelAtLeft ? workArea.x + marginPx : workArea.x + workArea.width - size.width - marginPx;
  const y = panelOnTop ? workArea.y + marginPx : workArea.y + workArea.height - size.height - marginPx;
  return { ...size, x, y };
}
