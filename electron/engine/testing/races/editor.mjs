// An editor, as a process of its own: saves files as editors do, each at its own moment, without waiting for anybody.
// Takes one order a line, and answers with what came of each save; times are microseconds of the system's monotonic clock.
import { appendFileSync, closeSync, openSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Between the two halves of a save that has two. */
const HALVES_US = 150;

const nowUs = () => Number(process.hrtime.bigint() / 1000n);
const until = (us) => {
  while (nowUs() < us);
};
const nap = new Int32Array(new SharedArrayBuffer(4));

/** @type {Record<string, (file: string, token: string, handle: number | null) => void>} */
const WAYS = {
  'in-place': (file, token) => writeFileSync(file, token),
  'by-rename': (file, token) => {
    writeFileSync(`${file}.tmp`, token);
    try {
      renameSync(`${file}.tmp`, file);
    } catch (error) {
      rmSync(`${file}.tmp`, { force: true });
      throw error;
    }
  },
  append: (file, token) => appendFileSync(file, token),
  'in-two-steps': (file, token) => {
    const handle = openSync(file, 'w');
    until(nowUs() + HALVES_US);
    writeSync(handle, token);
    closeSync(handle);
  },
  'made-again': (file, token) => {
    rmSync(file, { force: true });
    until(nowUs() + HALVES_US);
    writeFileSync(file, token);
  },
  'held-open': (_, token, handle) => void writeSync(handle, token, 0),
  'held-for-long': (_, token, handle) => void writeSync(handle, token, 0),
};

function save({ file, token, how }, handle) {
  const beganUs = nowUs();
  let saved = true;
  try {
    WAYS[how](file, token, handle);
  } catch (error) {
    // Where a directory was taken away, or a file stands in its place, no editor can save: it knows, and nothing is lost.
    if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code)) throw error;
    saved = false;
  }
  if (handle !== null) closeSync(handle);
  return { saved, beganUs, endedUs: nowUs() };
}

/** @param {{ signals: string, saves: { file: string, token: string, how: string, signal: number, delayUs: number }[] }} order */
function obey({ signals, saves }) {
  const handles = saves.map(({ file, how }) => (how.startsWith('held') ? openSync(file, 'r+') : null));
  const raised = openSync(signals, 'r');
  const bytes = Buffer.alloc(Math.max(...saves.map(({ signal }) => signal)) + 1);
  const since = Array.from(bytes, () => Number.POSITIVE_INFINITY);
  const done = saves.map(() => null);
  process.stdout.write('ready\n');
  for (let left = saves.length; left > 0; ) {
    readSync(raised, bytes, 0, bytes.length, 0);
    const us = nowUs();
    let near = false;
    for (const [signal, byte] of bytes.entries()) if (byte !== 0 && since[signal] === Number.POSITIVE_INFINITY) since[signal] = us;
    for (const [index, each] of saves.entries()) {
      if (done[index] !== null) continue;
      near ||= bytes[0] !== 0 && each.how !== 'held-for-long';
      if (us < since[each.signal] + each.delayUs) continue;
      done[index] = save(each, handles[index]);
      left -= 1;
    }
    if (!near) Atomics.wait(nap, 0, 0, 1);
  }
  closeSync(raised);
  process.stdout.write(`${JSON.stringify(done)}\n`);
}

createInterface({ input: process.stdin }).on('line', (line) => obey(JSON.parse(line)));
