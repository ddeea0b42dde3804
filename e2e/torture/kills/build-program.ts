import { join, resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { Product } from './product.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** A change of one source on its way into a build: to see that its loss is noticed. */
export interface Spoil {
  readonly file: string;
  readonly replace: string;
  readonly by: string;
}

/** The command line from the sources as they are, or with something spoiled in them. */
export async function buildProgram(directory: string, spoils: readonly Spoil[] = []): Promise<Product> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: spoils.map(spoiling),
    ssr: { noExternal: true, external: ['electron'] },
    build: { ssr: 'electron/cli.ts', outDir: directory, target: 'node20' },
  });
  return new Product(join(directory, 'cli.js'));
}

const spoiling = ({ file, replace, by }: Spoil): Plugin => ({
  name: `spoil ${file}`,
  enforce: 'pre',
  transform(code, id) {
    if (id !== join(ROOT, file)) return null;
    if (!code.includes(replace)) throw new Error(`${file} has no "${replace}" to spoil`);
    return { code: code.replace(replace, by), map: null };
  },
});
