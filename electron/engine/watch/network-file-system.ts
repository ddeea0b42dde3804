import type { Files } from '../ports.ts';

/** File systems on which other hosts write: inotify knows only of what this host does. */
const NETWORK_TYPES =
  /^(nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|lustre|ncpfs|glusterfs|beegfs|vboxsf|vmhgfs|prl_fs|drvfs|davfs|fuse\.(sshfs|rclone|s3fs|glusterfs|davfs2?|smbnetfs|vmhgfs-fuse|gcsfuse|curlftpfs|juicefs|mfs))$/;

/** Whether the path lies on a network file system, by `/proc/mounts` (where there is none: no). */
export async function isOnNetwork(files: Files, path: string): Promise<boolean> {
  const mounts = await files.readIfThere('/proc/mounts').catch(() => null);
  return mounts !== null && NETWORK_TYPES.test(fileSystemType(mounts.toString('utf8'), path) ?? '');
}

/** Type of the file system that a path lies on, from lines as in proc_mounts(5): device, mount point, type, … */
export function fileSystemType(mounts: string, path: string): string | null {
  let deepest = '';
  let type: string | null = null;
  for (const line of mounts.split('\n')) {
    const [, point, kind] = line.split(' ');
    if (!point || !kind) continue;
    const mountPoint = point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    const inside = mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`);
    // A later mount on the same point hides the earlier one.
    if (inside && mountPoint.length >= deepest.length) [deepest, type] = [mountPoint, kind];
  }
  return type;
}
