import type { HttpRequest, Ports } from '../ports.ts';
import type { Credential } from './credential.ts';
import { parsePktLines, pktLine } from './pkt-lines.ts';
import { isMirrored, isObjectId } from './ref-map.ts';

/** git has to be asked within the minute, when this was in vain. */
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64 * 1024 * 1024;
const V2 = { 'git-protocol': 'version=2', accept: '*/*' };

/** What a server shows: heads and tags as it names them, and the branch that HEAD is at. */
export interface Listed {
  readonly refs: ReadonlyMap<string, string>;
  readonly head: string | null;
}

/**
 * Asks a server for its heads and tags as git would (protocol version 2, `ls-refs`; gitprotocol-v2(5)), over connections
 * that are kept and without a process: measured at a quarter of the time. Null: it did not answer in the plainest way;
 * git itself is to ask then, which knows what to make of it.
 */
export class LsRefs {
  readonly #ports: Pick<Ports, 'http'>;
  /** Hosts that spoke version 2; whether one does need not be asked again. */
  readonly #speaking = new Set<string>();

  constructor(ports: Pick<Ports, 'http'>) {
    this.#ports = ports;
  }

  async list(address: string, credential: Credential | null, signal: AbortSignal): Promise<Listed | null> {
    if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return null;
    const url = new URL(address);
    // What stands in an address beside the host is git's to read.
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
    const base = address.replace(/\/+$/, '');
    const known = this.#speaking.has(url.origin) ? await this.#ask(base, credential, signal) : null;
    if (known) return known;
    if (!(await this.#speaks(base, credential, signal))) return null;
    const listed = await this.#ask(base, credential, signal);
    if (listed) this.#speaking.add(url.origin);
    return listed;
  }

  /** Null: there was no answer, or not a whole one. Why is git's to find out. */
  async #fetch(address: string, request: HttpRequest): Promise<Response | null> {
    try {
      return await this.#ports.http.fetch(address, { ...request, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
    } catch {
      return null;
    }
  }

  async #speaks(base: string, credential: Credential | null, signal: AbortSignal): Promise<boolean> {
    const address = `${base}/info/refs?service=git-upload-pack`;
    const answer = await this.#fetch(address, { headers: { ...V2, ...authorization(credential) }, signal });
    // One that was led elsewhere is not where the next question goes.
    if (answer?.status !== 200 || answer.url !== address || !isOfType(answer, 'application/x-git-upload-pack-advertisement')) return false;
    const lines = parsePktLines(Buffer.from(await answer.arrayBuffer()));
    return lines?.some((line) => Buffer.isBuffer(line) && /^version 2\n?$/.test(line.toString('latin1'))) ?? false;
  }

  async #ask(base: string, credential: Credential | null, signal: AbortSignal): Promise<Listed | null> {
    const headers = { ...V2, 'content-type': 'application/x-git-upload-pack-request', ...authorization(credential) };
    const answer = await this.#fetch(`${base}/git-upload-pack`, { method: 'POST', headers, body: QUESTION, signal });
    if (answer?.status !== 200 || !isOfType(answer, 'application/x-git-upload-pack-result')) return null;
    return readListing(Buffer.from(await answer.arrayBuffer()));
  }
}

const QUESTION = [
  pktLine('command=ls-refs\n'),
  '0001',
  pktLine('symrefs\n'),
  ...['HEAD', 'refs/heads/', 'refs/tags/'].map((prefix) => pktLine(`ref-prefix ${prefix}\n`)),
  '0000',
].join('');

/** The answer to `ls-refs`; null: it is none, or not a whole one. */
export function readListing(content: Buffer): Listed | null {
  const lines = parsePktLines(content);
  if (lines?.pop() !== 'flush') return null;
  const refs = new Map<string, string>();
  let head: string | null = null;
  for (const line of lines) {
    if (!Buffer.isBuffer(line)) return null;
    const [, id = '', name = '', attributes = ''] = /^(\S+) ([^ \n]+)(.*?)\n?$/s.exec(line.toString('utf8')) ?? [];
    if (!isObjectId(id) || name === '') return null;
    if (name === 'HEAD') head = /^(?:.* )?symref-target:(refs\/heads\/\S+)/.exec(attributes)?.[1] ?? null;
    else if (isMirrored(name)) refs.set(name, id);
  }
  return { refs, head };
}

const isOfType = (answer: Response, type: string): boolean => answer.headers.get('content-type')?.split(';')[0]?.trim() === type;

const authorization = (credential: Credential | null): Record<string, string> =>
  credential === null ? {} : { authorization: `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}` };
