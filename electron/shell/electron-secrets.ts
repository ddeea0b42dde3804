import { posix } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import type { Files, SecretStore } from '../engine/ports.ts';

const sealedSchema = z.record(z.string(), z.base64());
type Sealed = z.infer<typeof sealedSchema>;

/** Whether the desktop has a keyring for us. Electron's `basic_text` is a key that everybody knows: not one. */
export async function hasKeyring(): Promise<boolean> {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false;
  return safeStorage.isAsyncEncryptionAvailable();
}

/**
 * Secrets sealed with a key of the desktop's keyring, in a file of their own beside the plain one. What the command line
 * put into the plain file goes before and stays there: a home that is also used without a desktop must not lose it.
 */
export function keyringSecrets(file: string, files: Files, plain: SecretStore): SecretStore {
  // Changes one after the other, or two that overlap would lose one.
  let last: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<Sealed> => {
    const bytes = await files.readIfThere(file);
    return bytes === null ? {} : sealedSchema.parse(JSON.parse(bytes.toString('utf8')));
  };
  const change = (edit: (sealed: Sealed) => Promise<Sealed>): Promise<void> => {
    const done = last.then(async () => {
      await files.makeDirectories(posix.dirname(file), 0o700);
      await files.writeAtomically(file, `${JSON.stringify(await edit(await read()), null, 2)}\n`, 0o600);
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
      const value = Object.hasOwn(sealed, name) ? sealed[name] : undefined;
      return value === undefined ? null : (await safeStorage.decryptStringAsync(Buffer.from(value, 'base64'))).result;
    },
    async set(name, value) {
      if ((await plain.get(name)) !== null) return plain.set(name, value);
      const secret = (await safeStorage.encryptStringAsync(value)).toString('base64');
      await change(async (sealed) => ({ ...sealed, [name]: secret }));
    },
    async remove(name) {
      await plain.remove(name);
      await change(async ({ [name]: _removed, ...others }) => others);
    },
  };
}
