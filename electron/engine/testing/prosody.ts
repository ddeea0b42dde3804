import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate.ts';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const UP_LIMIT_MS = 15_000;
const LOOK_AGAIN_MS = 50;
/** Who runs it when the tests run as root: Prosody refuses to. */
const UNPRIVILEGED = ['prosody', 'nobody'];

export interface ProsodyOptions {
  /** Local parts; all with the password `secret`. */
  readonly accounts?: readonly string[];
  /** Offer STARTTLS (default true). Without it the server takes logins in clear. */
  readonly encryption?: boolean;
  readonly pep?: boolean;
}

export interface TestProsody {
  readonly domain: 'localhost';
  /** `xmpp://127.0.0.1:PORT`, STARTTLS. */
  readonly service: string;
  /** `xmpps://127.0.0.1:PORT`, TLS from the first byte. */
  readonly directService: string;
  /** The certificate, self-signed for `localhost`. */
  readonly caFile: string;
  /** The password of all accounts. */
  readonly password: string;
  stop(): Promise<void>;
  /** On the same ports, with the same data. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  close(): Promise<void>;
}

/** A Prosody of its own on free loopback ports, as an ordinary user, in a temporary folder, without a federation. */
export async function startProsody(options: ProsodyOptions = {}): Promise<TestProsody> {
  const { accounts = ['alice'], encryption = true, pep = true } = options;
  const directory = await mkdtemp(join(tmpdir(), 'lockstep-prosody-'));
  const user = await unprivilegedUser();
  const [port, directPort] = [await freePort(), await freePort()];
  const config = join(directory, 'prosody.cfg.lua');
  const { certFile } = await makeCertificate(directory);
  await mkdir(join(directory, 'data'));
  await writeFile(config, configuration({ directory, port, directPort, encryption, pep }));
  if (user) await giveTo(user, directory);
  for (const account of accounts) await run('prosodyctl', ['--config', config, 'register', account, 'localhost', 'secret'], { ...user, cwd: directory });
  let child = await launch(config, directory, port, user);
  const stop = (): Promise<void> => end(child);
  return {
    domain: 'localhost',
    service: `xmpp://127.0.0.1:${port}`,
    directService: `xmpps://127.0.0.1:${directPort}`,
    caFile: certFile,
    password: 'secret',
    stop,
    start: async () => {
      child = await launch(config, directory, port, user);
    },
    close: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const configuration = (of: { directory: string; port: number; directPort: number; encryption: boolean; pep: boolean }): string => `
pidfile = "${of.directory}/prosody.pid"
data_path = "${of.directory}/data"
interfaces = { "127.0.0.1" }
c2s_ports = { ${of.port} }
c2s_direct_tls_ports = { ${of.encryption ? of.directPort : ''} }
s2s_ports = { }
http_ports = { }
https_ports = { }
modules_enabled = { "roster"; "saslauth"; ${of.encryption ? '"tls"; ' : ''}"disco"; "carbons"; ${of.pep ? '"pep"; ' : ''}"ping"; "smacks"; "offline" }
modules_disabled = { "s2s" }
c2s_require_encryption = ${of.encryption}
allow_unencrypted_plain_auth = ${!of.encryption}
authentication = "internal_hashed"
storage = "internal"
log = { { levels = { min = "info" }, to = "file", filename = "${of.directory}/prosody.log" } }
c2s_direct_tls_ssl = { key = "${of.directory}/localhost.key", certificate = "${of.directory}/localhost.crt" }
VirtualHost "localhost"
  ssl = { key = "${of.directory}/localhost.key", certificate = "${of.directory}/localhost.crt" }
`;

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined: we are an ordinary user ourselves. */
async function unprivilegedUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of UNPRIVILEGED) {
    const [, , uid, gid] = users.find((user) => user[0] === name) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('nobody to run Prosody as');
}

async function giveTo({ uid, gid }: User, directory: string): Promise<void> {
  for (const path of ['', 'data', 'localhost.crt', 'localhost.key', 'prosody.cfg.lua']) await chown(join(directory, path), uid, gid);
}

async function launch(config: string, directory: string, port: number, user: User | undefined): Promise<ChildProcess> {
  // In the foreground, so that the process we started is the server.
  const child = spawn('prosody', ['-F', '--config', config], { ...user, cwd: directory, stdio: 'ignore' });
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('Prosody ended at once')));
  failed.catch(() => undefined);
  try {
    await Promise.race([failed, listening(port)]);
  } catch (error) {
    const log = await readFile(join(directory, 'prosody.log'), 'utf8').catch(() => '');
    child.kill('SIGKILL');
    throw new Error(`Prosody did not come up\n${log.slice(-2000)}`, { cause: error });
  }
  return child;
}

/** Prosody says nowhere that it listens: knocked at until it opens. */
async function listening(port: number): Promise<void> {
  const until = Date.now() + UP_LIMIT_MS;
  while (Date.now() < until) {
    const socket = connect({ host: '127.0.0.1', port });
    const open = await once(socket, 'connect').then(() => true, () => false);
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error('Prosody does not listen');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(force);
}
