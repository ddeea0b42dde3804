#!/usr/bin/env node
// What electron-builder asks of fpm for `-s dir -t deb`, done with dpkg-deb (see CUSTOM_FPM_PATH in package.mjs).
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: /** @type {'string'} */ ('string'), default: '' };
const list = { type: /** @type {'string'} */ ('string'), multiple: /** @type {true} */ (true), default: /** @type {string[]} */ ([]) };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...text, short: 's' },
    target: { ...text, short: 't' },
    depends: { ...list, short: 'd' },
    'deb-recommends': list,
    force: { type: 'boolean' },
    name: text,
    version: text,
    architecture: text,
    maintainer: text,
    vendor: text,
    url: text,
    license: text,
    category: text,
    description: text,
    package: text,
    'after-install': text,
    'after-remove': text,
    'deb-priority': text,
    'deb-compression': text,
  },
});

/**
 * @param {string} folder
 * @returns {number} KiB, as the field Installed-Size wants it
 */
function installedSize(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.ceil(files.reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0) / 1024);
}

/** The first line is the summary; further lines are indented, an empty one is a dot. */
function description() {
  const [summary = '', ...rest] = values.description.trim().split('\n').map((line) => line.trim());
  return [summary, ...rest.map((line) => ` ${line || '.'}`)].join('\n');
}

/** @param {string} tree */
function controlFile(tree) {
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    'Installed-Size': String(installedSize(tree)),
    Depends: values.depends.join(', '),
    Recommends: values['deb-recommends'].join(', '),
    Section: values.category || 'utils',
    Priority: values['deb-priority'],
    Homepage: values.url,
    Description: description(),
  };
  const lines = Object.entries(fields).map(([name, value]) => (value === '' ? '' : `${name}: ${value}\n`));
  return lines.join('');
}

/** @param {string} tree */
function layOut(tree) {
  for (const mapping of positionals) {
    const at = mapping.lastIndexOf('=');
    const from = mapping.slice(0, at);
    const to = join(tree, mapping.slice(at + 1));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** @param {string} tree */
function addControl(tree) {
  const control = controlFile(tree);
  const folder = join(tree, 'DEBIAN');
  mkdirSync(folder);
  writeFileSync(join(folder, 'control'), control);
  for (const [script, name] of [[values['after-install'], 'postinst'], [values['after-remove'], 'postrm']]) {
    if (!script || !name) continue;
    cpSync(script, join(folder, name));
    chmodSync(join(folder, name), 0o755);
  }
}

const tree = mkdtempSync(join(tmpdir(), 'lockstep-deb-'));
try {
  chmodSync(tree, 0o755);
  layOut(tree);
  addControl(tree);
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${values['deb-compression'] || 'xz'}`, '--build', tree, values.package], { stdio: 'inherit' });
} finally {
  rmSync(tree, { recursive: true, force: true });
}
