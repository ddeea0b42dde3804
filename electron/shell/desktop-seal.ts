import { safeStorage } from 'electron';
import type { Seal } from '../engine/ports/home-secrets.ts';

/** The desktop's keyring as a seal; null where there is none. Electron's `basic_text` is a key that everybody knows. */
export async function desktopSeal(): Promise<Seal | null> {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return null;
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  return {
    close: async (secret) => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
    open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result,
  };
}
