import { describe, expect, it } from 'vitest';
import { repoKey } from './doorbell.ts';
import { KnownFolders } from './known-folders.ts';

const KEY = Buffer.from('0123456789abcdef');
const ROOT = 'a'.repeat(40);

function folders(): KnownFolders {
  const known = new KnownFolders();
  known.set(
    [
      { folder: 'notes', root: ROOT, remoteUrl: 'git@hub.example:me/notes.git', sparkleshareId: `${'b'.repeat(64)}\n` },
      { folder: 'copy', root: ROOT, remoteUrl: null, sparkleshareId: null },
      { folder: 'photos', root: null, remoteUrl: 'https://hub.example/me/photos', sparkleshareId: '../x' },
    ],
    KEY,
  );
  return known;
}

describe('known folders', () => {
  it('are found by repository, all clones of it', () => {
    expect(folders().byRepo(repoKey(KEY, ROOT))).toEqual(['notes', 'copy']);
    expect(folders().byRepo(repoKey(Buffer.alloc(16), ROOT))).toEqual([]);
  });

  it('are found by address, however it is written; when it is none of theirs, all with a remote', () => {
    expect(folders().byUrl('ssh://git@hub.example/me/notes')).toEqual(['notes']);
    expect(folders().byUrl('ext::sh -c id')).toEqual(['notes', 'photos']);
  });

  it('are heard on the channels that are safe to name', () => {
    expect([...folders().channels()]).toEqual([repoKey(KEY, ROOT), 'b'.repeat(64)]);
  });
});
