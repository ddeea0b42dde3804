import type { RawEntry } from './raw-objects.ts';

/** A tree that a hostile peer pushes. */
export interface HostileTree {
  readonly name: string;
  readonly entries: readonly RawEntry[];
  /** What must come of it: said and not touched, taken as it is, or either, where gits differ. */
  readonly verdict: 'refused' | 'taken' | 'either';
}

const file = (name: string, content = 'hostile\n', mode = '100644'): RawEntry => ({ mode, name: bytes(name), is: content });
const link = (name: string, target: string): RawEntry => ({ mode: '120000', name: bytes(name), is: target });
const folder = (name: string, ...entries: readonly RawEntry[]): RawEntry => ({ mode: '40000', name: bytes(name), is: entries });
const gitlink = (name: string): RawEntry => ({ mode: '160000', name: bytes(name), is: { id: '1'.repeat(40) } });
const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const refused = (name: string, ...entries: readonly RawEntry[]): HostileTree => ({ name, entries, verdict: 'refused' });
const taken = (name: string, ...entries: readonly RawEntry[]): HostileTree => ({ name, entries, verdict: 'taken' });
const either = (name: string, ...entries: readonly RawEntry[]): HostileTree => ({ name, entries, verdict: 'either' });

/** Names that some system takes for the repository's own directory, at the top and below. */
const LOOK_ALIKES = ['.git', '.GIT', '.Git', '.gIt', 'git~1', 'GIT~1', '.git ', '.git.', '.git . .', '.git...', '.git::$INDEX_ALLOCATION', '.g\u200cit', '.\u200dgit', '\ufeff.git', '.gi\u200ft', '.git\u202e', '.\u206agit', '.hg', '.HG', 'hg~1'];

/** Names as they occur, and as nobody would like them to. */
const ODD_NAMES = ['-rf', '--help', '--upload-pack=touch x', '$(touch x)', '`touch x`', ';touch x', '| touch x', '&& touch x', '"quoted"', "'quoted'", 'line\nfeed', 'tab\there', 'return\rhere', '\x1b[2J', '\u202egpj.exe', '\u200bzero', 'CON', 'NUL.txt', 'a:b', 'trailing.', 'trailing ', ' leading', '~', '~root', '*', '?', '[x]', '!', '#', '%s%n', '%2e%2e%2f', '\u{1f600}', 'é', 'e\u0301', 'n'.repeat(255), 'GIT_DIR=x', 'git', '.github', '.gitignored', '...', '.gitattribute', 'AUX', 'COM1.txt', 'lpt9', 'CONIN$', 'clock$', 'x:stream', 'x::$DATA', 'a.lnk', 'desktop.ini', 'Thumbs.db', 'trailing...', 'trailing   ', 'a\u200d', '\ufeffx', '\u2066x\u2069', '\u202bx', 'e\u0301\u0301\u0301', '\u{e0001}x', '.envrc', '.mailmap', '.lfsconfig', '.gitconfig', 'git-upload-pack', 'HEAD', 'refs', 'index.lock', 'settings.json', '__proto__', 'constructor'];

/** `OUTSIDE` in a target stands for a folder that must not be written to. */
export const HOSTILE_TREES: readonly HostileTree[] = [
  ...LOOK_ALIKES.map((name) => refused(`file below ${JSON.stringify(name)}`, folder(name, file('config', '[core]\n\tfsmonitor = touch x\n')))),
  ...LOOK_ALIKES.slice(0, 8).map((name) => refused(`${JSON.stringify(name)} below a folder`, folder('a', folder(name, folder('hooks', file('post-checkout', '#!/bin/sh\n', '100755')))))),
  ...LOOK_ALIKES.slice(0, 5).map((name) => refused(`file called ${JSON.stringify(name)}`, file(name, 'gitdir: /tmp\n'))),
  refused('link called .git', link('.git', '/tmp')),
  refused('gitlink called .git', gitlink('.git')),
  refused('parent directory', folder('..', file('escaped'))),
  refused('parent directory, deeper', folder('a', folder('..', folder('..', file('escaped'))))),
  refused('this directory', folder('.', file('x'))),
  refused('file called ..', file('..')),
  either('a name with a slash', file('a/b')),
  refused('a name that climbs', file('../escaped')),
  refused('an absolute name', file('/tmp/lockstep-hostile-absolute')),
  refused('an empty name', file('')),
  refused('an empty directory name', folder('', file('x'))),
  refused('a backslash into .git', file('.git\\config')),
  refused('a backslash into .git, deeper', file('a\\.GIT\\hooks\\x')),
  refused('our own staging', folder('.lockstep-staging', file('x'))),
  refused('a file twice', file('twice', 'one\n'), file('twice', 'two\n')),
  refused('a link and a folder of one name', link('d', 'OUTSIDE'), folder('d', file('through'))),
  refused('a file and a folder of one name', file('d'), folder('d', file('through'))),
  either('a mode that is none', file('x', 'x', '140000')),
  either('no mode', file('x', 'x', '0')),
  refused('a folder that is a file', { mode: '40000', name: 'x', is: 'no tree' }),
  refused('a blob that is not there', { mode: '100644', name: 'x', is: { id: '2'.repeat(40) } }),
  refused('a tree that is not there', { mode: '40000', name: 'x', is: { id: '3'.repeat(40) } }),
  refused('an id of zeros', { mode: '100644', name: 'x', is: { id: '0'.repeat(40) } }),
  either('a mode padded with zeros', { mode: '040000', name: 'padded', is: [file('x')] }),
  either('a mode of old gits', file('group-writable', 'x', '100664')),
  either('a mode with every bit', file('all-bits', 'x', '107777')),
  either('a name of 256 bytes', file('n'.repeat(256))),
  either('a name of 4096 bytes', file('n'.repeat(4096))),
  either('a path deeper than the system takes', deep(300)),
  either('unsorted', file('z'), file('a')),
  either('.gitmodules that is a link', link('.gitmodules', 'OUTSIDE/x'), gitlink('sub')),
  either('.gitmodules that runs something', file('.gitmodules', '[submodule "s"]\n\tpath = sub\n\turl = ext::touch x\n\tupdate = !touch x\n'), gitlink('sub')),
  either('.gitmodules with an option for an address', file('.gitmodules', '[submodule "s"]\n\tpath = -sub\n\turl = -u./payload\n'), gitlink('-sub')),
  either('.gitmodules that climbs', file('.gitmodules', '[submodule "../../x"]\n\tpath = sub\n\turl = ./x\n'), gitlink('sub')),
  either('.gitattributes that is a link', link('.gitattributes', 'OUTSIDE/x')),
  either('.gitignore that is a link', link('.gitignore', 'OUTSIDE/x')),
  either('large attributes', file('.gitattributes', '*.x filter=evil\n'.repeat(200_000)), file('a.x')),
  either('an attribute line without end', file('.gitattributes', `* ${'x'.repeat(300_000)}\n`), file('a.x')),
  either('every file ignored', file('.gitignore', '*\n!.gitignore\n'), file('a.x')),
  either('.mailmap without end', file('.mailmap', 'A <a@host.invalid> B <b@host.invalid>\n'.repeat(100_000))),
  either('.mailmap with zeros', file('.mailmap', 'A <a@host.invalid>\0<b@host.invalid>\n')),
  either('.lfsconfig that leads elsewhere', file('.lfsconfig', '[lfs]\n\turl = ext::touch OUTSIDE/x\n\tstandalonetransferagent = evil\n[lfs "customtransfer.evil"]\n\tpath = touch\n\targs = OUTSIDE/x\n'), file('.gitattributes', '* filter=lfs diff=lfs merge=lfs -text\n'), file('a.bin', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n')),
  either('attributes of every kind', file('.gitattributes', '* text=auto eol=crlf ident filter=evil diff=../x merge=union working-tree-encoding=UTF-16 whitespace=x export-subst conflict-marker-size=1000000\n[attr]evil filter=evil\n'), file('a.txt', '$Id$ one\r\n')),
  either('an encoding that is none', file('.gitattributes', '* working-tree-encoding=$(touch OUTSIDE/x)\n'), file('a.txt')),
  either('ignore rules without end', file('.gitignore', `${'**/'.repeat(2_000)}x\n${'!'.repeat(10_000)}\n`.repeat(20))),
  either('a configuration in the tree', folder('.config', folder('git', file('config', '[core]\n\tfsmonitor = touch OUTSIDE/x\n'))), file('.gitconfig', '[core]\n\tfsmonitor = touch OUTSIDE/x\n'), folder('.husky', file('pre-commit', '#!/bin/sh\ntouch OUTSIDE/x\n', '100755'))),
  either('the inside of a repository in a folder', folder('bare', file('HEAD', 'ref: refs/heads/main\n'), file('config', '[core]\n\tbare = true\n\tfsmonitor = touch OUTSIDE/x\n'), folder('objects', file('x')), folder('refs', file('x')), folder('hooks', file('post-checkout', '#!/bin/sh\ntouch OUTSIDE/x\n', '100755')))),
  taken('names in no encoding', ...['\xc3\x28', '\xed\xa0\x80', '\xf0\x28\x8c\xbc', 'a\x80b', '\xc0\xaf'].map((name): RawEntry => ({ mode: '100644', name, is: 'x' }))),
  taken('links to everywhere', link('etc', '/etc'), link('up', '../../..'), link('self', 'self'), link('outside', 'OUTSIDE'), link('proc', '/proc/self/cwd')),
  taken('a link where a folder was', link('a', 'OUTSIDE')),
  taken('a folder where a link was', folder('a', file('through'), file('sentinel'))),
  taken('a link of 4 KB', link('long', 'x'.repeat(4000))),
  taken('a name that is not UTF-8', { mode: '100644', name: '\xff\xfe', is: 'x' }),
  ...ODD_NAMES.map((name) => taken(`called ${JSON.stringify(name).slice(0, 60)}`, file(name, `${name.length}\n`), folder('below', file(name, 'below\n')))),
];

function deep(levels: number): RawEntry {
  return levels === 0 ? file('x') : folder('d'.repeat(20), deep(levels - 1));
}
