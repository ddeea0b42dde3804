import type { Files } from '../ports.ts';

/** Only a hook can refuse pushes to a folder; there is no configuration that does (measured). */
const SCRIPT = `#!/bin/sh
# Put here by Lockstep, which keeps this repository as a mirror.
echo 'This repository is a mirror: push to its source instead. (To take it over, remove the mirror in Lockstep.)' >&2
exit 1
`;
const ASIDE = '.before-lockstep';

/** Sees to it that pushes to a local mirror are refused; a hook that somebody put there is set aside. */
export async function refusePushes(files: Files, store: string): Promise<void> {
  const hook = `${store}/hooks/pre-receive`;
  const stat = await files.stat(hook);
  const isOurs = stat?.kind === 'file' && (await files.read(hook)).equals(Buffer.from(SCRIPT));
  if (isOurs && (stat.mode & 0o111) === 0o111) return;
  await files.makeDirectories(`${store}/hooks`, 0o755);
  if (stat && !isOurs && !(await files.stat(`${hook}${ASIDE}`))) await files.rename(hook, `${hook}${ASIDE}`);
  if (isOurs) await files.setMode(hook, 0o755);
  else await files.writeAtomically(hook, SCRIPT, 0o755);
}

/** Gives pushes back. */
export async function allowPushes(files: Files, store: string): Promise<void> {
  const hook = `${store}/hooks/pre-receive`;
  const stat = await files.stat(hook);
  if (stat?.kind !== 'file' || !(await files.read(hook)).equals(Buffer.from(SCRIPT))) return;
  await files.remove(hook);
  if (await files.stat(`${hook}${ASIDE}`)) await files.rename(`${hook}${ASIDE}`, hook);
}
