import { posix } from 'node:path';
import { systemCode } from '../errors.ts';
import type { Files, SecretStore } from '../ports.ts';

type Secrets = Readonly<Record<string, string>>;

/**
 * Secrets in a JSON file that only its owner may read. A file that others could read is tightened before it is used,
 * one that is not a plain file of ours is refused (`EPERM`), and a damaged one throws instead of being replaced.
 */
export function nodeSecrets(file: string, files: Files, uid: number): SecretStore {
  // Changes one after the other, or two that overlap would lose one.
  let last: Promise<unknown> = Promise.resolve();
  const change = (to: (secrets: Secrets) => Secrets): Promise<void> => {
    const done = last.then(async () => write(file, files, to(await read(file, files, uid))));
    last = done.catch(() => undefined);
    return done;
  };
  return {
    get: async (name) => {
      await last;
      const secrets = await read(file, files, uid);
      return Object.hasOwn(secrets, name) ? (secrets[name] ?? null) : null;
    },
    set: (name, value) => change((secrets) => ({ ...secrets, [name]: value })),
    remove: (name) => change(({ [name]: _removed, ...others }) => others),
  };
}

async function read(file: string, files: Files, uid: number): Promise<Secrets> {
  const stat = await files.stat(file);
  if (!stat) return {};
  if (stat.kind !== 'file' || stat.uid !== uid) throw Object.assign(new Error(`EPERM: the secrets are not in a plain file of ours: ${file}`), { code: 'EPERM' });
  if ((stat.mode & 0o077) !== 0) await files.setMode(file, 0o600);
  const parsed: unknown = JSON.parse((await files.read(file)).toString('utf8'));
  if (!isSecrets(parsed)) throw new Error(`Damaged secrets: ${file}`);
  return parsed;
}

const isSecrets = (value: unknown): value is Secrets =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((secret) => typeof secret === 'string');

async function write(file: string, files: Files, secrets: Secrets): Promise<void> {
  try {
    await files.makeDirectories(posix.dirname(file), 0o700);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  await files.writeAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
}
