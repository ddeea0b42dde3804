import { systemCode } from '../../errors.ts';
import type { Files } from '../../ports.ts';
import type { Head, ObjectId, RepositoryPlace } from '../vcs.ts';

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** What HEAD says where refs are kept in tables (git: reftable). */
const ELSEWHERE = 'refs/heads/.invalid';
const DEEPEST_SYMBOLIC = 5;

export type Ref =
  | { readonly state: 'there'; readonly id: ObjectId }
  | { readonly state: 'missing' }
  | { readonly state: 'damaged'; readonly detail: string };

/** HEAD and refs read from their files: no process. Null: refs are kept otherwise here, ask git. */
export async function readHead(files: Files, place: RepositoryPlace): Promise<Head | null> {
  const content = await files.readIfThere(`${place.gitDir}/HEAD`);
  const text = content?.toString('utf8').trim() ?? '';
  if (ID.test(text)) return { state: 'detached', commit: text };
  const target = /^ref:\s*(\S.*)$/.exec(text)?.[1];
  if (target === undefined || target.includes('\ufffd')) return { state: 'damaged', detail: text === '' ? 'HEAD is empty or missing' : `HEAD: ${text.slice(0, 100)}` };
  if (target === ELSEWHERE) return null;
  if (!target.startsWith('refs/heads/')) return { state: 'damaged', detail: `HEAD is at ${target}` };
  // git takes no such repository for one; whose name leads out of the folder of refs would be read from elsewhere.
  if (!isRefName(target)) return { state: 'damaged', detail: `HEAD is at ${target.slice(0, 100)}, which no branch can be called` };
  const branch = target.slice('refs/heads/'.length);
  const ref = await readRef(files, place, target);
  if (ref.state === 'there') return { state: 'branch', branch, commit: ref.id };
  return ref.state === 'missing' ? { state: 'unborn', branch } : { state: 'damaged', detail: ref.detail };
}

/**
 * A ref by its full name. An empty file is what a power loss leaves: not a missing ref, or the next commit would have
 * no parent.
 */
export async function readRef(files: Files, place: RepositoryPlace, name: string, depth = 0): Promise<Ref> {
  if (!isRefName(name)) return { state: 'missing' };
  const loose = await readLoose(files, `${place.commonDir}/${name}`);
  if (loose === null) return readPacked(files, place, name);
  const text = loose.toString('latin1').trim();
  const target = /^ref:\s*(refs\/\S+)$/.exec(text)?.[1];
  if (target !== undefined && depth < DEEPEST_SYMBOLIC) return readRef(files, place, target, depth + 1);
  return ID.test(text) ? { state: 'there', id: text } : { state: 'damaged', detail: `${name} is ${text === '' ? 'empty' : 'unreadable'}` };
}

/** Null: there is none of its own. A directory is there when branches below this name were. */
async function readLoose(files: Files, file: string): Promise<Buffer | null> {
  try {
    return (await files.stat(file))?.kind === 'file' ? await files.readIfThere(file) : null;
  } catch (error) {
    if (systemCode(error) === 'ENAMETOOLONG') return null;
    throw error;
  }
}

async function readPacked(files: Files, place: RepositoryPlace, name: string): Promise<Ref> {
  const packed = await files.readIfThere(`${place.commonDir}/packed-refs`);
  if (packed === null) return { state: 'missing' };
  const at = packed.indexOf(` ${name}\n`);
  if (at < 0) return { state: 'missing' };
  const id = packed.toString('latin1', packed.lastIndexOf(0x0a, at) + 1, at);
  return ID.test(id) ? { state: 'there', id } : { state: 'damaged', detail: `packed-refs is unreadable at ${name}` };
}

/** git's rules for the full name of a ref (git-check-ref-format); anything else would be read as a pattern or an option. */
export const isRefName = (name: string): boolean => name.startsWith('refs/') && !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\.lock(?:\/|$)|(?:^|\/)\.|\/$|\.$/.test(name);
