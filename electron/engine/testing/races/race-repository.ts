import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const DIRECTORIES = 3;
/** As most files are that a pull meets: nobody wrote to them lately. */
const LONG_AGO = 1_000_000_000;
/** Of ten files so many are there in every other version only: they come and go. */
const COMING_AND_GOING = 2;

/** A repository whose branch has many versions of the same files, one to be taken in after the other. */
export class RaceRepository {
  readonly workTree: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #home: string;
  readonly #files: number;
  /** Ids of the commits, oldest first. */
  readonly commits: readonly string[];

  constructor(directory: string, files: number, versions: number) {
    this.#files = files;
    this.#home = join(directory, 'home');
    this.workTree = join(directory, 'work');
    this.env = { HOME: this.#home, PATH: process.env['PATH'] ?? '/usr/bin:/bin', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
    for (const each of [this.#home, this.workTree]) mkdirSync(each, { recursive: true });
    this.git(['init', '-q', '--initial-branch=main']);
    this.git(['fast-import', '--quiet', '--done'], this.#history(versions));
    this.commits = this.git(['rev-list', '--reverse', 'incoming']).trim().split('\n');
  }

  git(args: readonly string[], input = ''): string {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: this.workTree, env: this.env, input, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  /** Paths of a version. */
  paths(version: number): string[] {
    return Array.from({ length: this.#files }, (_, index) => index)
      .filter((index) => index % 10 >= 2 * COMING_AND_GOING || (index + version) % 2 === 0)
      .map((index) => `dir${index % DIRECTORIES}/file${index}.txt`);
  }

  /** Branch, index and files as of a version, whatever was there; written long ago. */
  settle(version: number): void {
    this.git(['reset', '-q', '--hard', this.commits[version] ?? '']);
    this.git(['clean', '-qfdx']);
    for (const path of this.paths(version)) utimesSync(join(this.workTree, path), LONG_AGO, LONG_AGO);
    this.git(['update-index', '-q', '--refresh']);
  }

  /** The bytes of everything that lies in a folder, links and repositories aside. */
  contents(folder = this.workTree): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === '.git' ? [] : this.contents(path);
      return [readFileSync(path, 'latin1')];
    });
  }

  remove(): void {
    rmSync(this.workTree, { recursive: true, force: true });
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** For git-fast-import(1). */
  #history(versions: number): string {
    const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
    const commits = Array.from({ length: versions }, (_, version) => [
      'commit refs/heads/incoming\n',
      `committer Ada <ada@example.org> ${LONG_AGO + version} +0000\n`,
      data(`Version ${version}`),
      ...this.paths(Math.max(0, version - 1)).map((path) => `D ${path}\n`),
      ...this.paths(version).map((path) => `M 644 inline ${path}\n${data(`version ${version} of ${path}\n`.repeat(3))}`),
    ]);
    return `${commits.flat().join('')}done\n`;
  }
}
