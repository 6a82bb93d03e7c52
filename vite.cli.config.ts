import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { WORKERS } from './electron/engine/worker-url.ts'
import manifest from './package.json' with { type: 'json' }
import { ROOT } from './scripts/renderer-build.ts'

const OUT = join(ROOT, 'out', 'cli')
/** Not bundled: programs for the processor, and what reads files of its own package. They come as dependencies. */
const LEFT_OUTSIDE = ['@node-rs/argon2', 'better-sqlite3', 'keytar', 'pdfmake'] as const

/** The terminal door as a package of built JavaScript: `npm pack` of out/cli is what is published. */
export default defineConfig({
  root: ROOT,
  publicDir: false,
  plugins: [packageFiles()],
  ssr: { target: 'node', noExternal: true, external: [...LEFT_OUTSIDE] },
  build: {
    ssr: true,
    outDir: OUT,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: {
        tallystick: 'electron/cli/main.ts',
        ...Object.fromEntries(WORKERS.map((name) => [name, `electron/engine/${name}.ts`])),
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})

/** The manifest of the package, its licence and the samples that `demo` reads. */
function packageFiles(): Plugin {
  return {
    name: 'tallystick-cli-package',
    writeBundle({ dir = OUT }) {
      const { name, version, description, license, author } = manifest
      const dependencies = Object.fromEntries(LEFT_OUTSIDE.map((wanted) => [wanted, manifest.dependencies[wanted]]))
      const own = { name, version, description, license, author, type: 'module', bin: { tallystick: 'tallystick.js' } }
      const text = JSON.stringify({ ...own, engines: { node: '>=24' }, dependencies }, null, 2)
      writeFileSync(join(dir, 'package.json'), `${text}\n`)
      cpSync(join(ROOT, 'LICENSE'), join(dir, 'LICENSE'))
      for (const sample of readdirSync(join(ROOT, 'samples')).filter((file) => /\.(csv|json|xlsx)$/.test(file))) {
        cpSync(join(ROOT, 'samples', sample), join(dir, 'samples', sample))
      }
    },
  }
}
