import { LockstepError } from '../errors.ts';
import type { ImportedFolder, ImportPlan } from './import-plan.ts';
import { child, parseTinyXml, type TinyElement } from './tiny-xml.ts';

/** Where SparkleShare puts projects unless `folders_path` says otherwise (its `Configuration.cs`). */
const STANDARD_FOLDERS = '~/SparkleShare';
/** Server and port when an address names none (its `ListenerFactory.cs`). */
const STANDARD_PORT = 443;

/** SparkleShare's list of projects: `/sparkleshare/folder/{name,identifier,url,backend,announcements_url}`. Throws `bad-file`. */
export function readSparkleshareProjects(text: string): ImportPlan {
  const root = parseTinyXml(text);
  if (root.name !== 'sparkleshare') throw new LockstepError('bad-file', { detail: `it is a list of “${root.name}”, not of SparkleShare projects` });
  const above = child(root, 'folders_path') ?? STANDARD_FOLDERS;
  const folders: ImportedFolder[] = [];
  const skipped: ImportPlan['skipped'][number][] = [];
  const servers = new Set<string>();
  const general = child(root, 'announcements_url');
  for (const project of root.children.filter(({ name }) => name === 'folder')) {
    const name = child(project, 'name');
    if (!name || !isPlainName(name)) skipped.push({ what: name ?? '?', why: 'no-path' });
    else if (!isGit(project)) skipped.push({ what: name, why: 'not-git' });
    else {
      folders.push({ path: `${above.replace(/\/+$/, '')}/${name}`, name, ignore: [] });
      const server = announcementServer(child(project, 'announcements_url') ?? general);
      if (server) servers.add(server);
    }
  }
  const [fanout = null, ...others] = servers;
  return { folders, xmpp: null, fanout, skipped: [...skipped, ...others.map((what) => ({ what, why: 'several-servers' as const }))] };
}

/** One step below the folder of all projects, or two (host and project, as newer versions have it); never out of it. */
const isPlainName = (name: string): boolean => name.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !name.includes('\0') && name.length < 500;

const isGit = (project: TinyElement): boolean => (child(project, 'backend') ?? 'git').toLowerCase() === 'git';

/** `tcp://HOST[:PORT]`, as a plain address; undefined for anything else. */
function announcementServer(url: string | undefined): string | undefined {
  const [, host, port] = /^tcp:\/\/([A-Za-z0-9.-]+)(?::(\d{1,5}))?\/?$/.exec(url ?? '') ?? [];
  return host === undefined ? undefined : `tcp://${host}:${port ?? STANDARD_PORT}`;
}
