import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = resolve(import.meta.dirname, '..');
const out = resolve(root, 'out');

// Everything but Electron itself is bundled: the command line starts from few files, and a package holds no node_modules.
export default defineConfig({
  main: {
    build: {
      outDir: out,
      emptyOutDir: true,
      externalizeDeps: false,
      minify: false,
      rollupOptions: {
        input: { main: resolve(root, 'electron/main.ts'), cli: resolve(root, 'electron/cli.ts') },
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(out, 'preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve(root, 'electron/preload.ts') },
        // A sandboxed preload is loaded as CommonJS, whatever the package says.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(out, 'renderer'),
      rollupOptions: { input: { index: resolve(root, 'renderer/index.html') } },
    },
  },
});
