import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname } from 'node:path';

/** The repository's root: every script works from here, wherever it was started. */
export const root = dirname(import.meta.dirname);

const posix = process.platform !== 'win32';
/** How long a process that was asked to end may take before it is killed. */
const graceMs = 10_000;
/** One Ctrl-C reaches us from the terminal and again from npm: within this time they are one. */
const sameSignalMs = 500;

/**
 * @typedef {object} RunResult
 * @property {number} code      exit code; 128 + number when a signal ended it, 127 when it could not be started
 * @property {string} output    stdout and stderr, when they were collected
 * @property {boolean} aborted  the signal ended it: it ran into its limit
 */

/**
 * Runs a command in the repository's root as its own process group, so that its end is the end of all it started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ signal: AbortSignal, env?: NodeJS.ProcessEnv, quiet?: boolean }} options  signal: its limit; quiet: collect the output, show nothing
 * @returns {Promise<RunResult>}
 */
export async function run(command, args, { signal, env = process.env, quiet = false }) {
  const child = spawn(command, args, { cwd: root, env, detached: posix, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  /** @type {NodeJS.Timeout | undefined} */
  let killTimer;
  const end = () => {
    signalGroup(child, 'SIGTERM');
    killTimer ??= setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  };
  const stopPassing = passSignals(end);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const code = await exitCode(child, (error) => (output += error.message));
  signal.removeEventListener('abort', end);
  clearTimeout(killTimer);
  stopPassing();
  return { code, output, aborted: signal.aborted };
}

/**
 * Runs a command in our place: same stdio, signals passed on, its exit code given back.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export async function handOver(command, args, env = process.env) {
  // Its own group: the terminal's Ctrl-C would otherwise also reach the git processes below it, and reach it twice.
  const child = spawn(command, args, { cwd: root, env, detached: posix, stdio: 'inherit' });
  const stopPassing = passSignals((name) => child.kill(name));
  const code = await exitCode(child, (error) => console.error(error.message));
  stopPassing();
  return code;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {(error: Error) => void} failed  called when it could not be started
 * @returns {Promise<number>}
 */
function exitCode(child, failed) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      failed(error);
      resolve(127);
    });
    child.once('close', (code, name) => resolve(code ?? 128 + (name ? constants.signals[name] : 0)));
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signalGroup(child, name) {
  if (child.pid === undefined) return;
  try {
    process.kill(posix ? -child.pid : child.pid, name);
  } catch (error) {
    // The group is gone already: that is what was wanted.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * @param {(name: NodeJS.Signals) => void} pass
 * @returns {() => void}  stops it
 */
function passSignals(pass) {
  /** @type {Map<NodeJS.Signals, number>} */
  const lastAt = new Map();
  /** @param {NodeJS.Signals} name */
  const once = (name) => {
    const now = performance.now();
    const repeated = now - (lastAt.get(name) ?? -sameSignalMs) < sameSignalMs;
    lastAt.set(name, now);
    if (!repeated) pass(name);
  };
  /** @type {NodeJS.Signals[]} */
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, once);
  return () => {
    for (const name of names) process.off(name, once);
  };
}
