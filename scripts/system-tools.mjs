import { reportFailure } from './failure.mjs';
import { run } from './run.mjs';

/** Debian packages; `new|old` where Debian 13 and Ubuntu 24.04 renamed one (the time_t transition). */
const windowPackages = ['libgtk-3-0t64|libgtk-3-0', 'libasound2t64|libasound2', 'libatspi2.0-0t64|libatspi2.0-0', 'libnss3', 'libgbm1', 'libdrm2'];
const testPackages = [
  ...windowPackages,
  ...['libxss1', 'libxtst6', 'libnotify4', 'libsecret-1-0'], // Electron loads these when it needs them
  ...['xvfb', 'xauth', 'dbus', 'dbus-x11', 'gnome-keyring', 'fonts-inter', 'fonts-noto-color-emoji'], // a desktop for it
  ...['prosody', 'openssl'], // a chat server
  ...['strace', 'procps', 'util-linux'], // faults: kills, full disks, errors at a system call
];
const packagesFor = { headless: [], window: windowPackages, test: testPackages };

/** `git merge-tree --write-tree` came with it. */
const leastGit = [2, 38];
const queryLimitMs = 30_000;
const updateLimitMs = 5 * 60_000;
const installLimitMs = 15 * 60_000;

/**
 * Sees to it that the programs and libraries of the system are there: installs them where we are root and apt-get is
 * there. Where there is no dpkg nothing but git can be checked, and the rest is taken to be there.
 * @param {keyof typeof packagesFor} purpose
 * @throws Error with the one line to run, or with what is too old
 */
export async function provideSystemTools(purpose) {
  const needed = packagesFor[purpose];
  const missing = [...((await gitVersion()) ? [] : ['git']), ...(await notInstalled(needed))];
  if (missing.length > 0) await install(missing);
  const version = await gitVersion();
  if (!version || isOlder(version, leastGit)) throw new Error(`git ${leastGit.join('.')} or newer is needed; here it is ${version?.join('.') ?? 'missing'}.`);
}

/** @param {string[]} missing */
async function install(missing) {
  const root = process.getuid?.() === 0 && (await quietly('apt-get', ['--version'])).code === 0;
  if (!root) throw new Error(`System packages are missing. Install them with:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${(await chooseNames(missing)).join(' ')}`);
  console.error(`Installing ${missing.length} missing system packages…`);
  // RUNLEVEL: the tests start their own Prosody; the package's system service is not wanted.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  // A failed update may still leave usable lists: the installation tells.
  await run('apt-get', ['update', '-qq'], { env, quiet: true, signal: AbortSignal.timeout(updateLimitMs) });
  const names = await chooseNames(missing);
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  const { code, output } = await run('apt-get', ['install', ...options, ...names], { env, quiet: true, signal: AbortSignal.timeout(installLimitMs) });
  if (code !== 0) throw new Error(`apt-get install ${names.join(' ')} failed:\n${output.trim()}`);
  const still = await notInstalled(missing);
  if (still.length > 0) throw new Error(`apt-get was content, but these packages are still missing: ${still.join(' ')}`);
}

/**
 * @param {readonly string[]} needs
 * @returns {Promise<string[]>}
 */
async function notInstalled(needs) {
  if (needs.length === 0) return [];
  const { code, output } = await quietly('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...needs.flatMap((need) => need.split('|'))]);
  if (code === 127) return [];
  const installed = new Set(output.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]));
  return needs.filter((need) => !need.split('|').some((name) => installed.has(name)));
}

/**
 * Of each need's names the one that this release can install; an old name that is only provided by others counts as none.
 * @param {readonly string[]} needs
 * @returns {Promise<string[]>}
 */
async function chooseNames(needs) {
  const { output } = await quietly('apt-cache', ['policy', ...needs.flatMap((need) => need.split('|'))]);
  const known = new Set([...output.matchAll(/^(\S+):\n\s+Installed: .*\n\s+Candidate: (?!\(none\))/gm)].map((match) => match[1]));
  return needs.map((need) => {
    const names = need.split('|');
    return names.find((name) => known.has(name)) ?? /** @type {string} */ (names.at(-1));
  });
}

/** @returns {Promise<number[] | undefined>} major and minor */
async function gitVersion() {
  const { code, output } = await quietly('git', ['--version']);
  const match = /(\d+)\.(\d+)/.exec(output);
  return code === 0 && match ? [Number(match[1]), Number(match[2])] : undefined;
}

/**
 * @param {readonly number[]} version
 * @param {readonly number[]} least
 */
function isOlder([major = 0, minor = 0], [leastMajor = 0, leastMinor = 0]) {
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function quietly(command, args) {
  return run(command, args, { env: { ...process.env, LC_ALL: 'C' }, quiet: true, signal: AbortSignal.timeout(queryLimitMs) });
}

if (import.meta.filename === process.argv[1]) {
  process.exitCode = await provideSystemTools('test').then(() => 0, reportFailure);
}
