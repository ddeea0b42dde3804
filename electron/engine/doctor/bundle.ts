import type { Check } from '../../../shared/commands.ts';
import { statusDocument } from '../../../shared/status-document.ts';
import { LockstepError, systemCode } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { DoctorContext } from './doctor-context.ts';

const ACTIVITY_ENTRIES = 500;
const LOG_TAIL_BYTES = 512 * 1024;
/** Names under which the engine keeps secrets: read once, so that the redactor knows their values. */
const SECRET_NAMES = ['xmpp-password', 'mesh-key'];

/**
 * Writes a report that one can send to somebody who helps: one JSON text with checks, settings, state, activity and the
 * log's tail, as a new file. Every string of it has gone through the redactor; nothing is taken from the secret store.
 */
export async function writeBundle(context: DoctorContext, checks: readonly Check[], file: string): Promise<void> {
  const { ports } = context;
  if (await ports.files.stat(file)) throw new LockstepError('path-taken', { path: file });
  for (const name of SECRET_NAMES) await learn(ports, name);
  const report = {
    at: new Date(context.nowMs).toISOString(),
    version: context.state.version,
    platform: ports.host.platform,
    node: context.nodeVersion,
    checks,
    settings: context.settings,
    status: status(context),
    signalsHeard: context.state.machines,
    activity: await context.activity(ACTIVITY_ENTRIES),
    log: await logTail(context),
  };
  try {
    await ports.files.create(file, Buffer.from(`${JSON.stringify(clean(report, ports), null, 2)}\n`), { mode: 0o600, sync: true });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new LockstepError('path-taken', { path: file }, { cause: error });
    if (systemCode(error) === 'ENOENT') throw new LockstepError('no-such-path', { path: file }, { cause: error });
    throw error;
  }
}

/** What people wrote about their changes helps nobody to find out what is wrong. */
function status({ text, state, nowMs }: DoctorContext) {
  const document = statusDocument(text, state, nowMs);
  return { ...document, folders: document.folders.map((folder) => ({ ...folder, lastCommit: folder.lastCommit && { ...folder.lastCommit, message: undefined } })) };
}

/** The key is stored as "origin CODE", and could be spelled without its dashes. */
async function learn({ secrets, redactor }: DoctorContext['ports'], name: string): Promise<void> {
  const value = await secrets.get(name);
  if (value === null) return;
  const code = value.slice(value.indexOf(' ') + 1);
  for (const form of [value, code, code.replaceAll('-', '')]) redactor.learn(name, form);
}

async function logTail({ ports, home }: DoctorContext): Promise<string[]> {
  const log = await ports.files.readIfThere(home.logFile);
  return log ? log.subarray(-LOG_TAIL_BYTES).toString('utf8').split('\n').filter(Boolean) : [];
}

/** The same value with every string cleaned, keys included. */
function clean(value: unknown, ports: { readonly redactor: Ports['redactor'] }): unknown {
  if (typeof value === 'string') return ports.redactor.text(value);
  if (Array.isArray(value)) return value.map((item) => clean(item, ports));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [ports.redactor.text(key), clean(item, ports)]));
}
