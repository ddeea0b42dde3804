import { posix } from 'node:path';
import { z } from 'zod';
import { LockstepError } from '../errors.ts';
import type { Home } from '../home.ts';
import type { Files, SecretStore } from '../ports.ts';
import { nodeSecrets } from './node-secrets.ts';

/** What can close and open a secret for this person only: a desktop's keyring. */
export interface Seal {
  close(secret: string): Promise<string>;
  /** Throws when it was closed by another keyring, or this one is locked. */
  open(sealed: string): Promise<string>;
}

const sealedSchema = z.record(z.string(), z.string());
type Sealed = z.infer<typeof sealedSchema>;

/** Secrets that a keyring has sealed, beside the plain file that other hosts of this home can read. */
const sealedFile = (home: Home): string => posix.join(home.directory, 'keyring.json');

/**
 * The secrets of a home. With a seal new ones are closed by it; those in the plain file, which the command line or a
 * daemon wrote, go before and stay there, for such a home is also used without a desktop. Without a seal a closed one
 * throws `kept-in-keyring`: taken for missing, a key would be made anew and part this machine from the others.
 */
export function homeSecrets(home: Home, files: Files, uid: number, seal: Seal | null): SecretStore {
  const plain = nodeSecrets(home.secretsFile, files, uid);
  const file = sealedFile(home);
  const read = async (): Promise<Sealed> => {
    const bytes = await files.readIfThere(file);
    return bytes === null ? {} : sealedSchema.parse(JSON.parse(bytes.toString('utf8')));
  };
  // Changes one after the other, or two that overlap would lose one.
  let last: Promise<unknown> = Promise.resolve();
  const change = (edit: (sealed: Sealed) => Sealed): Promise<void> => {
    const done = last.then(async () => {
      await files.makeDirectories(home.directory, 0o700);
      await files.writeAtomically(file, `${JSON.stringify(edit(await read()), null, 2)}\n`, 0o600);
    });
    last = done.catch(() => undefined);
    return done;
  };
  return {
    async get(name) {
      const written = await plain.get(name);
      if (written !== null) return written;
      await last;
      const sealed = await read();
      const closed = Object.hasOwn(sealed, name) ? sealed[name] : undefined;
      return closed === undefined ? null : opened(seal, closed);
    },
    async set(name, value) {
      if (!seal || (await plain.get(name)) !== null) return plain.set(name, value);
      const closed = await seal.close(value);
      await change((sealed) => ({ ...sealed, [name]: closed }));
    },
    async remove(name) {
      await plain.remove(name);
      if (Object.hasOwn(await read(), name)) await change(({ [name]: _removed, ...others }) => others);
    },
  };
}

async function opened(seal: Seal | null, closed: string): Promise<string> {
  if (!seal) throw new LockstepError('kept-in-keyring');
  try {
    return await seal.open(closed);
  } catch (cause) {
    throw new LockstepError('kept-in-keyring', {}, { cause });
  }
}
