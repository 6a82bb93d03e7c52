import { defineConfig } from 'electron-vite'
import { WORKERS } from './electron/engine/worker-url.ts'

const workers = Object.fromEntries(WORKERS.map((name) => [name, `electron/engine/${name}.ts`]))

/**
 * The desktop's main side, with its workers as named inputs, and its preload. The page is built once for both windows,
 * by vite.config.ts: a build of its own here would get relative addresses, which break in places inside the app.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: { main: 'electron/desktop/main.ts', ...workers },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is loaded as a script: CommonJS, in one file.
      rolldownOptions: {
        input: { preload: 'electron/desktop/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
})
