// A thread that saves files as editors do, each at its own moment after the start, without waiting for anybody.
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

/** @param {{ startAt: Int32Array, saves: { file: string, token: string, how: 'in-place' | 'by-rename' | 'held-open', atMs: number }[] }} order */
function save({ startAt, saves }) {
  const held = new Map(saves.filter(({ how }) => how === 'held-open').map(({ file }) => [file, openSync(file, 'r+')]));
  parentPort.postMessage('ready');
  Atomics.wait(startAt, 0, 0);
  const start = performance.now();
  for (const { file, token, how, atMs } of saves) {
    while (performance.now() - start < atMs);
    if (how === 'held-open') writeSync(held.get(file), token, 0);
    else if (how === 'in-place') writeFileSync(file, token);
    else {
      writeFileSync(`${file}.tmp`, token);
      renameSync(`${file}.tmp`, file);
    }
  }
  for (const handle of held.values()) closeSync(handle);
  parentPort.postMessage('saved');
}

parentPort.on('message', save);
