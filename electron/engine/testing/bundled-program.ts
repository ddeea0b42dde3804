import { join } from 'node:path';
import { build } from 'vite';

/** One of this folder's programs as plain JavaScript that Node runs by itself; gives its file. */
export async function bundledProgram(program: string, outDir: string): Promise<string> {
  const ssr = join(import.meta.dirname, `${program}.ts`);
  const output = { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' };
  await build({ configFile: false, logLevel: 'silent', ssr: { noExternal: true }, build: { ssr, outDir, emptyOutDir: false, rolldownOptions: { output } } });
  return join(outDir, `${program}.mjs`);
}
