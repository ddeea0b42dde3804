// Makes the PNG files beside the SVG sources, which are what a person edits. Needs a display: xvfb-run -a node resources/icons/render.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { electronExecutable } from '../../scripts/electron-dist.mjs';

const here = import.meta.dirname;
/** Ink of a light and of a dark panel: the sources use currentColor and these two classes. */
const THEMES = {
  light: { ink: '#2b2d2f', wait: '#b26a0a', stop: '#ae251d' },
  dark: { ink: '#f1f2f2', wait: '#e3a94a', stop: '#f39a92' },
};

/** Runs in the page: draws one SVG on a transparent canvas of exactly this many pixels. */
const draw = async (/** @type {{ svg: string, size: number }} */ { svg, size }) => {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
};

const sized = (/** @type {string} */ svg, /** @type {number} */ size, style = '') => svg.replace('<svg ', `<svg width="${size}" height="${size}" style="${style}" `);

function* pictures() {
  const app = readFileSync(join(here, 'app.svg'), 'utf8');
  for (const size of [64, 256, 512]) yield { file: `app-${size}.png`, svg: sized(app, size), size };
  for (const name of readdirSync(join(here, 'tray')).filter((file) => file.endsWith('.svg'))) {
    const [, state, digits] = /^(\w+)-(\d+)\.svg$/.exec(name) ?? [];
    const size = Number(digits);
    const source = readFileSync(join(here, 'tray', name), 'utf8');
    for (const [theme, { ink, wait, stop }] of Object.entries(THEMES)) {
      const svg = sized(source, size, `color: ${ink}`).replaceAll('class="wait"', `fill="${wait}"`).replaceAll('class="stop"', `fill="${stop}" stroke="${stop}"`);
      yield { file: join('tray', `${state}-${size}-${theme}.png`), svg, size };
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'lockstep-icons-'));
writeFileSync(join(folder, 'package.json'), '{"name":"icons","main":"main.cjs"}');
writeFileSync(join(folder, 'main.cjs'), `const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));`);
const electron = await _electron.launch({ executablePath: await electronExecutable(), args: ['--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, folder] });
try {
  const page = await electron.firstWindow();
  for (const { file, svg, size } of pictures()) writeFileSync(join(here, file), Buffer.from(await page.evaluate(draw, { svg, size }), 'base64'));
} finally {
  await electron.close();
  rmSync(folder, { recursive: true, force: true });
}
