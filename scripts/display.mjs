import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @returns {boolean} whether windows can be shown here */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Why Electron would refuse to start with its sandbox. We never turn the sandbox off unasked: the window shows what
 * comes from other machines.
 * @param {string} executable
 * @param {string} script  the npm script to name in the way out
 * @returns {string | undefined} a sentence, or nothing when it starts
 */
export function sandboxRefusal(executable, script) {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return `Electron does not start as root, because its sandbox cannot work there: start it as an ordinary user, or without the sandbox by \`npm ${script} -- --no-sandbox\`.`;
  const helper = join(dirname(executable), 'chrome-sandbox');
  if (userNamespacesAllowed() || isSetuidRoot(helper)) return undefined;
  return `Electron's sandbox is not allowed to start on this system: allow it once by \`sudo chown root ${helper} && sudo chmod 4755 ${helper}\`, or start without the sandbox by \`npm ${script} -- --no-sandbox\`.`;
}

/** Ubuntu from 23.10 on (AppArmor) and hardened Debian kernels keep them from ordinary programs. */
function userNamespacesAllowed() {
  return readSwitch('apparmor_restrict_unprivileged_userns') !== '1' && readSwitch('unprivileged_userns_clone') !== '0';
}

/** @param {string} name */
function readSwitch(name) {
  try {
    return readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim();
  } catch {
    return undefined; // a kernel without this switch does not restrict them by it
  }
}

/** @param {string} path */
function isSetuidRoot(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.uid === 0 && (stat.mode & 0o4000) !== 0;
}
