import { posix } from 'node:path';
import { repoPathBytes, parseDisplayPath } from '../repo-path.ts';
import type { FolderContext } from './folder-context.ts';
import type { FolderEvent, Trouble } from './situation.ts';

/** Names what could not be written, and how much room is left there, where a step met a full or read-only disk. */
export function withPlace(events: readonly FolderEvent[], context: Pick<FolderContext, 'ports' | 'vcs'>): Promise<FolderEvent[]> {
  return Promise.all(
    events.map(async (event) => {
      if (event.type !== 'local-trouble' && event.type !== 'remote-trouble') return event;
      return { ...event, trouble: event.trouble && (await placed(event.trouble, context)) };
    }),
  );
}

async function placed(trouble: Trouble, { ports, vcs }: Pick<FolderContext, 'ports' | 'vcs'>): Promise<Trouble> {
  const { code, params } = trouble.problem;
  if (code !== 'disk-full' && code !== 'read-only') return trouble;
  const path = placeOf(params, vcs.place);
  const freeBytes = code === 'disk-full' ? await freeAt(ports.files, path) : null;
  return { ...trouble, problem: { ...trouble.problem, path, params: { ...params, path, ...(freeBytes === null ? {} : { freeBytes }) } } };
}

/** As the applier names it, inside the folder; as git or the system does, in quotes; else the repository, which every step writes to. */
function placeOf({ path, detail }: Trouble['problem']['params'], { workTree, commonDir }: FolderContext['vcs']['place']): string {
  if (typeof path === 'string') return path.startsWith('/') ? path : `${workTree}/${path}`;
  return (typeof detail === 'string' && /'(\/[^']+)'/.exec(detail)?.[1]) || commonDir;
}

/** Of the nearest directory above that is there. */
async function freeAt(files: FolderContext['ports']['files'], path: string): Promise<number | null> {
  for (let directory = posix.dirname(path); ; directory = posix.dirname(directory)) {
    const free = await files.freeBytes(repoPathBytes(parseDisplayPath(directory))).catch(() => null);
    if (free !== null || directory === '/') return free;
  }
}
