import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a commit holds; its author and dates are always the same, so that the same doings make the same commits. */
export interface FakeCommit {
  readonly branch?: string;
  readonly message?: string;
  /** Path to content; null takes the file out. */
  readonly files?: Readonly<Record<string, string | null>>;
}

/** Bare repositories below one folder, by number. */
export class FakeRepositories {
  readonly root: string;
  readonly #env: Readonly<Record<string, string>>;
  #clock = Date.UTC(2026, 0, 1) / 1000;

  constructor(root: string, env: Readonly<Record<string, string>>) {
    this.root = root;
    this.#env = env;
  }

  /** Made when it is first asked for: most of a long list never are. */
  directory(id: number): string {
    const directory = join(this.root, `${id}.git`);
    if (existsSync(directory)) return directory;
    const template = join(this.root, 'template.git');
    if (!existsSync(template)) this.#git(this.root, ['init', '-q', '--bare', '--template=', '-b', 'main', template]);
    cpSync(template, directory, { recursive: true });
    return directory;
  }

  /** Makes a commit on a branch, which may be new, and tells its id. */
  commit(id: number, { branch = 'main', message = 'Change', files }: FakeCommit = {}): string {
    const ref = `refs/heads/${branch}`;
    const before = this.refs(id)[ref];
    this.#clock += 60;
    const changes = Object.entries(files ?? { [`${this.#clock}.txt`]: `${id} ${this.#clock}\n` }).map(([path, content]) => (content === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(content)}`));
    const person = `Test <test@localhost> ${this.#clock} +0000`;
    this.#git(this.directory(id), ['fast-import', '--quiet'], `commit ${ref}\ncommitter ${person}\n${data(message)}${before === undefined ? '' : `from ${before}\n`}${changes.join('')}\n`);
    return this.refs(id)[ref] ?? '';
  }

  /** Moves a ref wherever it is told to, makes it, or (null) deletes it. */
  setRef(id: number, ref: string, commit: string | null): void {
    this.#git(this.directory(id), commit === null ? ['update-ref', '-d', ref] : ['update-ref', ref, commit]);
  }

  setHead(id: number, branch: string): void {
    this.#git(this.directory(id), ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  /** By a look at its files: a list of hundreds asks for each. */
  isEmpty(id: number): boolean {
    if (!existsSync(join(this.root, `${id}.git`))) return true;
    const refs = readdirSync(join(this.directory(id), 'refs'), { recursive: true, withFileTypes: true });
    return !existsSync(join(this.directory(id), 'packed-refs')) && !refs.some((entry) => entry.isFile());
  }

  refs(id: number): Record<string, string> {
    const lines = this.#git(this.directory(id), ['for-each-ref', '--format=%(refname) %(objectname)']).split('\n').filter(Boolean);
    return Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]));
  }

  #git(cwd: string, args: readonly string[], input = ''): string {
    return execFileSync('git', args, { cwd, env: this.#env, encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] });
  }
}

const data = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;
