import type { ObjectId } from '../vcs.ts';
import type { GitRepository } from './git-repository.ts';

const MACHINE_TRAILER = 'Lockstep-Machine';
const TRAILER_LINE = /^[A-Za-z][A-Za-z0-9-]*: \S/;

/** Author and committer of our commits: the person as git knows them, else somebody recognisable. */
export async function personEnvironment(repository: GitRepository): Promise<Record<string, string>> {
  const { clock, host } = repository.ports;
  const user = host.env['USER'] || host.env['LOGNAME'] || 'lockstep';
  const name = plain((await repository.configValue('user.name')) ?? '') || user;
  const email = plain((await repository.configValue('user.email')) ?? '') || `${user}@${host.hostName || 'localhost'}`;
  return identity(name, email, gitDate(clock.now()));
}

/** Committer of merges: the same on every machine, or two that merge alone would make two commits. */
export const mergeEnvironment = (atSeconds: number): Record<string, string> => identity('Lockstep', 'lockstep@localhost', `@${atSeconds} +0000`);

function identity(name: string, email: string, date: string): Record<string, string> {
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date };
}

/** What git would drop from a name by itself; nothing left of it would be an error. */
const plain = (text: string): string => text.replace(/[<>\0\r\n]/g, '').replace(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/g, '');

/** `@seconds ±hhmm`, in the time zone of this machine. */
function gitDate(nowMs: number): string {
  const minutes = -new Date(nowMs).getTimezoneOffset();
  const zone = `${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
  return `@${Math.max(0, Math.floor(nowMs / 1000))} ${zone}`;
}

/** The message with this machine's trailer, in one block with trailers that are there. */
export function withMachine(message: string, machine: string): string {
  const text = message.replaceAll('\0', '').trimEnd();
  const paragraphs = text.split(/\n\n+/);
  const last = paragraphs.at(-1) ?? '';
  const inTrailers = paragraphs.length > 1 && last.split('\n').every((line) => TRAILER_LINE.test(line));
  return `${text}${inTrailers ? '\n' : '\n\n'}${MACHINE_TRAILER}: ${machine.replace(/\s+/g, ' ').trim()}\n`;
}

/** `NAME ID`: a name people know, and what tells apart two machines that bear it. */
const MACHINE = /^(.*?)(?: ([0-9a-f]{8}))?$/s;

/** Back from `withMachine`: the message without the trailer, and the machine. */
export function splitMachine(message: string): { message: string; machine: string | null; machineId: string | null } {
  const lines = message.trimEnd().split('\n');
  const at = lines.findLastIndex((line) => line.startsWith(`${MACHINE_TRAILER}: `));
  if (at < 0) return { message: message.trimEnd(), machine: null, machineId: null };
  const [, machine, machineId] = MACHINE.exec(lines[at]?.slice(MACHINE_TRAILER.length + 2).trim() ?? '') ?? [];
  return { message: [...lines.slice(0, at), ...lines.slice(at + 1)].join('\n').trimEnd(), machine: machine || null, machineId: machineId ?? null };
}

/** Writes a commit object; no ref moves. */
export async function writeCommit(repository: GitRepository, tree: ObjectId, parents: readonly ObjectId[], message: string, env: Record<string, string>, signal?: AbortSignal): Promise<ObjectId> {
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
  return (await repository.output(args, { stdin: message, env, signal })).toString('latin1').trim();
}
