import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Every ref of a repository by its name, read from its files: without a process. Locks and what is torn are left out. */
export function readRefs(gitDirectory: string): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  const packed = `${gitDirectory}/packed-refs`;
  if (existsSync(packed)) for (const [, id = '', ref = ''] of readFileSync(packed, 'latin1').matchAll(/^([0-9a-f]{40}) (\S+)$/gm)) refs.set(ref, id);
  collect(gitDirectory, 'refs', refs);
  return refs;
}

function collect(gitDirectory: string, below: string, refs: Map<string, string>): void {
  for (const entry of readdirSync(`${gitDirectory}/${below}`, { withFileTypes: true })) {
    const ref = `${below}/${entry.name}`;
    if (entry.isDirectory()) collect(gitDirectory, ref, refs);
    else if (!ref.endsWith('.lock')) {
      const id = readFileSync(`${gitDirectory}/${ref}`, 'latin1').trim();
      if (/^[0-9a-f]{40}$/.test(id)) refs.set(ref, id);
    }
  }
}
