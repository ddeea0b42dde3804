import type { Head, ObjectId } from '../vcs.ts';
import type { GitRepository } from './git-repository.ts';
import { readHead, readRef, type Ref } from './git-refs.ts';

/** Where the work tree's HEAD is. Files only in the usual case; git is asked where refs are kept in tables. */
export async function head(repository: GitRepository): Promise<Head> {
  const { ports, place } = repository;
  return (await readHead(ports.files, place)) ?? headByGit(repository);
}

async function headByGit(repository: GitRepository): Promise<Head> {
  const symbolic = await repository.call(['symbolic-ref', '-q', 'HEAD']);
  const parsed = await repository.call(['rev-parse', '--verify', '-q', 'HEAD']);
  const commit = parsed.ended === 'exit' && parsed.code === 0 ? parsed.stdout.toString('latin1').trim() : null;
  const target = symbolic.ended === 'exit' && symbolic.code === 0 ? symbolic.stdout.toString('utf8').trim() : null;
  if (target === null) return commit ? { state: 'detached', commit } : { state: 'damaged', detail: 'HEAD cannot be read' };
  const branch = target.replace(/^refs\/heads\//, '');
  return commit ? { state: 'branch', branch, commit } : { state: 'unborn', branch };
}

/** A ref by its full name; null: there is none, or it cannot be read. */
export async function refTip(repository: GitRepository, name: string): Promise<ObjectId | null> {
  const ref = await anyRef(repository, name);
  return ref.state === 'there' ? ref.id : null;
}

async function anyRef(repository: GitRepository, name: string): Promise<Ref> {
  const { ports, place } = repository;
  if ((await readHead(ports.files, place)) !== null) return readRef(ports.files, place, name);
  const end = await repository.call(['rev-parse', '--verify', '-q', '--end-of-options', name]);
  return end.ended === 'exit' && end.code === 0 ? { state: 'there', id: end.stdout.toString('latin1').trim() } : { state: 'missing' };
}
