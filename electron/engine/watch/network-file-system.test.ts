import { describe, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import { fileSystemType, isOnNetwork } from './network-file-system.ts';

const MOUNTS = `/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ada/my\\040disk ext4 rw 0 0
ada@host: /mnt/far fuse.sshfs rw 0 0
tmpfs /mnt/far tmpfs rw 0 0
`;

describe('fileSystemType', () => {
  it.each([
    ['/srv/notes', 'ext4'],
    ['/home/ada/notes', 'nfs4'],
    ['/home', 'nfs4'],
    ['/homes/ada', 'ext4'],
    ['/home/ada/my disk/notes', 'ext4'],
    ['/mnt/far/notes', 'tmpfs'],
  ])('%s lies on %s', (path, type) => {
    expect(fileSystemType(MOUNTS, path)).toBe(type);
  });
});

describe('isOnNetwork', () => {
  it.each([
    ['nfs4', true],
    ['fuse.sshfs', true],
    ['cifs', true],
    ['9p', true],
    ['ext4', false],
    ['fuseblk', false],
    ['overlay', false],
  ])('%s: %s', async (type, expected) => {
    const files = { ...nodeFiles, readIfThere: async () => Buffer.from(`x /data ${type} rw 0 0\n`) };
    expect(await isOnNetwork(files, '/data/notes')).toBe(expected);
  });

  it('is false where the system keeps no list', async () => {
    expect(await isOnNetwork({ ...nodeFiles, readIfThere: async () => null }, '/data')).toBe(false);
  });
});
