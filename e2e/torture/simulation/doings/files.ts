import * as fs from 'node:fs';
import type { Hand } from '../hand.ts';

/** What a person does to files; `which` and `other` are taken modulo what there is. */
type FileDoing = (hand: Hand, which: number, other: number) => void;

/** Names that programs get wrong, as latin1. */
const ODD_NAMES = ['-rf', '--help', ' leading', 'trailing ', 'line\nbreak', 'tab\tname', 'quo"te', 'back\\slash', '\xff\xfe', 'e\xcc\x81', '\xc3\xa9', '\xf0\x9f\x98\x80.txt', 'CON', 'a:b', '$(x)', ';', '\xe2\x80\xaegnp.txt', `${'n'.repeat(251)}.txt`, '.hidden', 'x~', '#x#', 'a (conflict desk 1234567).txt'];
const BURST = 60;

const save = (hand: Hand, place: number | string, text: string): void => {
  const file = hand.place(place);
  if (file) fs.writeFileSync(file, text);
};

const onFile = (hand: Hand, which: number, work: (path: Buffer) => void): void => {
  const path = hand.file(which);
  if (path !== null) work(hand.absolute(path));
};

export const fileDoings = {
  save: (hand, which) => save(hand, which, hand.world.token()),
  append: (hand, which) => onFile(hand, which, (path) => fs.appendFileSync(path, hand.world.token())),
  /** A line in the middle, so that two such changes of one file can be merged. */
  insert: (hand, which, other) =>
    onFile(hand, which, (path) => {
      const lines = fs.readFileSync(path, 'latin1').split('\n');
      lines.splice(other % lines.length, 0, hand.world.token().trimEnd());
      fs.writeFileSync(path, lines.join('\n'), 'latin1');
    }),
  truncate: (hand, which) => onFile(hand, which, (path) => fs.truncateSync(path, Math.floor(fs.readFileSync(path).length / 2))),
  /** As editors do that are careful: beside, then over. */
  replace: (hand, which) =>
    onFile(hand, which, (path) => {
      const beside = Buffer.concat([path.subarray(0, path.lastIndexOf('/') + 1), Buffer.from('.saving.tmp')]);
      fs.writeFileSync(beside, hand.world.token());
      fs.renameSync(beside, path);
    }),
  delete: (hand, which) => onFile(hand, which, (path) => fs.rmSync(path)),
  rename: (hand, which, other) =>
    onFile(hand, which, (path) => {
      const target = hand.place(other);
      if (target && !path.equals(target)) fs.renameSync(path, target);
    }),
  /** The same name in other letters. */
  recase: (hand, which) =>
    onFile(hand, which, (path) => {
      const slash = path.lastIndexOf('/') + 1;
      const name = path.subarray(slash).toString('latin1');
      const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
      fs.renameSync(path, Buffer.concat([path.subarray(0, slash), Buffer.from(other, 'latin1')]));
    }),
  /** A folder takes the place of a file. */
  toFolder: (hand, which) =>
    onFile(hand, which, (path) => {
      fs.rmSync(path);
      fs.mkdirSync(path);
      fs.writeFileSync(Buffer.concat([path, Buffer.from('/inside.txt')]), hand.world.token());
    }),
  /** A file takes the place of a folder, with all that is in it. */
  toFile: (hand, which) =>
    onFile(hand, which, (path) => {
      const root = Buffer.byteLength(`${hand.machine.folder}/`);
      const slash = path.indexOf('/', root);
      if (slash < 0) return;
      fs.rmSync(path.subarray(0, slash), { recursive: true });
      fs.writeFileSync(path.subarray(0, slash), hand.world.token());
    }),
  moveFolder: (hand, which, other) =>
    onFile(hand, which, (path) => {
      const root = Buffer.byteLength(`${hand.machine.folder}/`);
      const slash = path.indexOf('/', root);
      const target = hand.absolute(`moved-${other % 3}`);
      if (slash > 0 && !fs.existsSync(target)) fs.renameSync(path.subarray(0, slash), target);
    }),
  link: (hand, which, other) => {
    const place = hand.place(which);
    if (!place) return;
    fs.rmSync(place, { force: true });
    fs.symlinkSync(['a.txt', '../outside', 'notes', '/etc/hostname', `nowhere ${hand.world.token()}`][other % 5] ?? '', place);
  },
  mode: (hand, which) => onFile(hand, which, (path) => fs.chmodSync(path, fs.statSync(path).mode ^ 0o111)),
  odd: (hand, which) => save(hand, ODD_NAMES[which % ODD_NAMES.length] ?? '-', hand.world.token()),
  /** Content that other machines may have just as well. */
  same: (hand, which) => save(hand, which, `the same everywhere ${which % 2}\n`),
  ignored: (hand, which) => save(hand, ['x.ign', 'notes/y.ign', 'cache/z'][which % 3] ?? '', hand.world.token()),
  burst: (hand, which) => {
    for (let number = 0; number < BURST; number += 1) save(hand, `burst-${which % 4}/${number}.txt`, hand.world.token());
  },
  /** So many that somebody should be asked. */
  purge: (hand, which) => {
    for (const path of hand.files().slice(which % 3, (which % 3) + 25)) fs.rmSync(hand.absolute(path), { force: true });
  },
  nested: (hand, which) => {
    const folder = hand.absolute(`nested-${which % 3}`);
    fs.mkdirSync(Buffer.concat([folder, Buffer.from('/.git/refs')]), { recursive: true });
    fs.mkdirSync(Buffer.concat([folder, Buffer.from('/.git/objects')]), { recursive: true });
    fs.writeFileSync(Buffer.concat([folder, Buffer.from('/.git/HEAD')]), 'ref: refs/heads/main\n');
    fs.writeFileSync(Buffer.concat([folder, Buffer.from('/own.txt')]), hand.world.token());
  },
  secret: (hand, which) => save(hand, `secret-${which % 2}.env`, `TOKEN=ghp_${'aB3'.repeat(12)}\n${hand.world.token()}`),
  /** An editor keeps a file open, and writes into it whenever it likes, wherever that file is by then. */
  open: (hand, which) =>
    onFile(hand, which, (path) => {
      hand.machine.openFile(fs.openSync(path, 'a'));
    }),
  writeOpen: (hand, which) => {
    const file = hand.machine.openFiles[which % Math.max(1, hand.machine.openFiles.length)];
    if (file !== undefined) fs.writeSync(file, hand.world.token());
  },
  close: (hand) => hand.machine.closeFiles(),
} satisfies Record<string, FileDoing>;
