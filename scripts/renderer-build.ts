import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
/** Where the built page lies. */
export const RENDERER_OUT = join(ROOT, 'out', 'renderer')
const STAMP = join(ROOT, 'out', 'renderer.sha256')
/** All that the page is made of. */
const INPUTS = ['renderer', 'shared', 'electron/page/policy.ts', 'vite.config.ts', 'package-lock.json']

/** Writes down, after a build, what it was built from. */
export function rendererStamp(): Plugin {
  let hash = ''
  return {
    name: 'tallystick-renderer-stamp',
    apply: 'build',
    buildStart() {
      hash = hashOf(INPUTS)
    },
    writeBundle() {
      writeFileSync(STAMP, hash)
    },
  }
}

/** Builds the page unless the build that stands was made from the same sources. True when it had to be built. */
export async function ensureRenderer(): Promise<boolean> {
  const built = existsSync(join(RENDERER_OUT, 'index.html')) && existsSync(STAMP)
  if (built && readFileSync(STAMP, 'utf8') === hashOf(INPUTS)) return false
  // In a process of its own: what a build holds of memory would stay with the app for as long as it runs.
  const vite = join(dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error('the page could not be built; what is wrong stands above')
  return true
}

/** SHA-256 over the names and the content of files and folders, named from the repository's root. */
export function hashOf(inputs: readonly string[], root: string = ROOT): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesUnder(join(root, input)))) {
    const body = readFileSync(file)
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\0${body.byteLength}\0`).update(body)
  }
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
