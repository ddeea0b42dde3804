import { systemCode } from '../errors.ts';
import type { Files } from '../ports.ts';

/**
 * How many bytes the processes of a group have read and written so far (proc(5), `io`): a number that moves while a
 * transfer does, also where nothing is said about it. Null: the system does not tell.
 */
export async function groupBytes(files: Files, group: number): Promise<number | null> {
  try {
    const processes = (await files.list('/proc')).map(({ name }) => name.toString('latin1')).filter((name) => /^\d+$/.test(name));
    const members = await Promise.all(processes.map(async (pid) => ((await groupOf(files, pid)) === group ? bytesOf(files, pid) : 0)));
    return members.reduce((sum, bytes) => sum + bytes, 0);
  } catch (error) {
    if (systemCode(error) !== undefined) return null;
    throw error;
  }
}

/** Gone by now: null. */
async function read(files: Files, file: string): Promise<string | null> {
  try {
    return (await files.read(file)).toString('latin1');
  } catch (error) {
    if (systemCode(error) !== undefined) return null;
    throw error;
  }
}

/** Field 5; the name in parentheses may hold spaces and parentheses itself. */
async function groupOf(files: Files, pid: string): Promise<number | null> {
  const stat = await read(files, `/proc/${pid}/stat`);
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

async function bytesOf(files: Files, pid: string): Promise<number> {
  const counts = (await read(files, `/proc/${pid}/io`)) ?? '';
  return [...counts.matchAll(/^[rw]char: (\d+)$/gm)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}
