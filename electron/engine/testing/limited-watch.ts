import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '../ports/node-files.ts';
import { nodeWatch } from '../ports/node-watch.ts';
import { watchFolder } from '../watch/folder-watcher.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryLog } from './memory-log.ts';
import { WatchRecord } from './watch-record.ts';

/**
 * A program, for a test that starts it under a limit of the system's own: watches a work tree, changes one file in each
 * of the directories named, and prints what was covered once every change was seen, and as an error what was logged.
 */
const [root = '', ...directories] = process.argv.slice(2);
const clock = new FakeClock();
const log = new MemoryLog();
const record = new WatchRecord();
const ports = { clock, files: nodeFiles, watch: nodeWatch(), log };
const watcher = watchFolder({ ports, root, gitDir: join(root, '.git'), ignored: async () => new Set(), events: record });
await watcher.ready;
for (const directory of directories) appendFileSync(join(root, directory, 'file'), 'more');
const seen = (directory: string): boolean => record.changes.some((path) => path === directory || path === `${directory}/file`);
while (!directories.every(seen)) {
  await clock.advance(1_000);
  await nodeFiles.stat(root);
}
process.stdout.write(JSON.stringify(record.lastCoverage));
for (const { message, fields } of log.lines) process.stderr.write(`${message}: ${String(fields['error'])}\n`);
await watcher.close();
