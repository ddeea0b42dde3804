import type { Readable, Writable } from 'node:stream';
import type { Redactor } from './log/redact.ts';

/**
 * What a host supplies. Nothing else in the engine touches the clock, chance, files, processes or the network;
 * a lint rule keeps it so, and the simulation stands on it. The real ones are in `ports/`.
 */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly processes: Processes;
  readonly watch: DirectoryWatch;
  readonly net: Net;
  readonly http: Http;
  readonly secrets: SecretStore;
  readonly log: Log;
  /** Takes secrets out of any text before it is shown or kept (output of git, addresses, error messages); the log does so itself. */
  readonly redactor: Redactor;
  /** The host: environment as given, home directory, host name, platform, own pid. */
  readonly host: Host;
}

export interface Clock {
  /** Wall time, milliseconds since 1970; may jump. */
  now(): number;
  /** Milliseconds that never go back; for durations and timers. */
  monotonic(): number;
  /** Calls once after `delayMs`; the returned function cancels. Does not keep the process alive. */
  after(delayMs: number, call: () => void): () => void;
}

export interface Random {
  bytes(count: number): Buffer;
  /** 0 <= x < 1 */
  fraction(): number;
}

/** A file-system path as bytes: names need not be UTF-8. */
export type FsPath = string | Buffer;

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly bytes: number;
  /** Permission bits (`mode & 0o7777`). */
  readonly mode: number;
  readonly inode: number;
  readonly device: number;
  readonly links: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
  /** When it was made, where the file system tells (ext4, btrfs, xfs); elsewhere 0, or `changedMs`. */
  readonly bornMs: number;
  readonly uid: number;
}

export interface DirectoryEntry {
  readonly name: Buffer;
  readonly kind: FileStat['kind'];
}

/** One of many files looked at together: `content` only of a regular file that is not above the asked size. */
export interface Glance {
  readonly stat: FileStat | null;
  readonly content: Buffer | null;
  /** It is there, and may not be read. */
  readonly refused: boolean;
}

/** Files, with the guarantees of POSIX. Every call that changes something is a point at which a crash may come. */
export interface Files {
  /** Null when there is nothing (`ENOENT`, `ENOTDIR`). Never follows a link. */
  stat(path: FsPath): Promise<FileStat | null>;
  list(path: FsPath): Promise<DirectoryEntry[]>;
  read(path: FsPath): Promise<Buffer>;
  /** Null when there is none. */
  readIfThere(path: FsPath): Promise<Buffer | null>;
  /** Looks at many small files together, much faster than one by one; never waits for a fifo. In the order asked. */
  glance(paths: readonly FsPath[], maxBytes: number): Promise<Glance[]>;
  openRead(path: FsPath): Readable;
  /** A new file only (`EEXIST` otherwise); flushed to the disk when `sync`. */
  create(path: FsPath, content: Buffer | Readable, options: { mode: number; sync: boolean }): Promise<void>;
  /** Temporary file beside it, flushed, renamed over it, directory flushed. */
  writeAtomically(path: FsPath, content: Buffer | string, mode: number): Promise<void>;
  append(path: FsPath, text: string, mode: number): Promise<void>;
  /** Hard link; `EEXIST` when the name is taken: the one way to put a file somewhere that never replaces another. */
  link(from: FsPath, to: FsPath): Promise<void>;
  rename(from: FsPath, to: FsPath): Promise<void>;
  remove(path: FsPath): Promise<void>;
  /** An empty directory only. */
  removeDirectory(path: FsPath): Promise<void>;
  /** A whole tree of our own (staging, aside); never called on a work tree. */
  removeTree(path: FsPath): Promise<void>;
  makeDirectory(path: FsPath, mode: number): Promise<void>;
  makeDirectories(path: FsPath, mode: number): Promise<void>;
  symlink(target: Buffer, path: FsPath): Promise<void>;
  readLink(path: FsPath): Promise<Buffer>;
  setMode(path: FsPath, mode: number): Promise<void>;
  /** Names that were made, moved or removed in this directory are on the disk when it returns, where the file system can tell. */
  syncDirectory(path: FsPath): Promise<void>;
  /** Whether this process may read it (and search it, if a directory). */
  isReadable(path: FsPath, kind: 'file' | 'directory'): Promise<boolean>;
  /** With every link resolved; throws `ENOENT`. */
  realPath(path: string): Promise<string>;
  freeBytes(path: FsPath): Promise<number>;
}

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** What it, and whatever it starts, can read once from descriptor 3: arguments and environments can be looked at from outside. */
  readonly secret?: string;
}

export interface RunningProcess {
  readonly pid: number;
  readonly stdin: Writable;
  /** Read both from the first moment on: Node throws away what nobody has begun to read when the process ends. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when it has ended and its pipes are closed. Rejects with `ENOENT` … when it could not be started. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** To its whole process group: git's own children end with it. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export interface Processes {
  /** Starts it as leader of a process group of its own. Only `vcs/run-command.ts` and `vcs/kept-process.ts` call this. */
  start(request: ProcessRequest): RunningProcess;
  /** Start time of a process as the system tells it (to tell a reused pid apart); null when it does not live. */
  startTime(pid: number): Promise<string | null>;
  /**
   * Of these files, by their absolute paths of now, those that some process can still write to, because it has them open or
   * mapped so. Processes of other people may go unseen. Null: the system does not tell.
   */
  beingWritten(files: readonly string[]): Promise<ReadonlySet<string> | null>;
}

export interface DirectoryWatch {
  /**
   * Reports names that changed inside one directory (not below). `name` null: something, unknown what. `moved`: the
   * name may have appeared, vanished or become another thing; otherwise only its content or its metadata changed.
   * Changes of the directory itself are reported under its own name, as inotify does.
   * Throws with `ENOSPC`/`EMFILE` when the system has no watches left, `ENOENT` when it is gone.
   */
  directory(path: FsPath, changed: (name: Buffer | null, moved: boolean) => void, failed: (error: unknown) => void): { close(): void };
  /**
   * Tells that something in one directory (not below) may have changed, by looking at it every so often instead of
   * taking a watch. `changed` is called once more when this has begun: what came before is met by a look then. It is a help
   * and not the truth: names that are not UTF-8 may go unseen, and files that came back after an error of the file system.
   */
  poll(path: FsPath, intervalMs: number, changed: () => void, failed: (error: unknown) => void): { close(): void };
}

export interface Connection {
  readonly remote: string;
  readonly readable: Readable;
  readonly writable: Writable;
  close(): void;
  readonly closed: Promise<void>;
}

export interface Net {
  connect(target: { host: string; port: number }, signal: AbortSignal): Promise<Connection>;
  /** Port 0: any. Throws with `EADDRINUSE`, `EACCES`. */
  listen(target: { host: string; port: number }, accept: (connection: Connection) => void): Promise<{ host: string; port: number; close(): Promise<void> }>;
}

export interface HttpRequest {
  /** `GET` when not said. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal | null;
  /** For the whole exchange (30 s): rejects with `ETIMEDOUT`. */
  readonly timeoutMs?: number;
  /** Of the answer's content, unpacked (64 MB): rejects with `EMSGSIZE`. */
  readonly maxBytes?: number;
}

export interface Http {
  /**
   * One exchange over connections that are kept; proxies as the environment says. The answer has been read to its end: one
   * that broke off rejects. A redirection is followed for `GET` and `HEAD`, and on the same scheme, host and port, only
   * (`url` of the answer then tells where it led); any other one is given back as it is, so that no header goes to another host.
   * Rejects with the system's code (`ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED` …).
   */
  fetch(address: string, request?: HttpRequest): Promise<Response>;
  /** Answers whoever comes; port 0: any. Rejects with `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`. */
  serve(target: { host: string; port: number }, limits: HttpLimits, answer: (request: ServedRequest) => Promise<ServedAnswer>): Promise<{ port: number; close(): Promise<void> }>;
  /** Ends every connection that `fetch` keeps; what is under way rejects. */
  close(): Promise<void>;
}

/** What lies beyond them is answered by the port (413, 408, 503) or not at all. */
export interface HttpLimits {
  readonly maxBytes: number;
  /** For a request to arrive whole, and once more for its answer to be made. */
  readonly timeoutMs: number;
  readonly connections: number;
}

/** A request, read whole. */
export interface ServedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** In lower case; what came twice is joined as HTTP has it. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface ServedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SecretStore {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly hostName: string;
  readonly platform: string;
  readonly pid: number;
  readonly uid: number;
}
