import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  DEPENDENCIES,
  EXCEPTIONS,
  MAY_IMPORT,
  NETWORK_GLOBALS,
  NETWORK_MODULES,
  NETWORK_PLACES,
  PROGRAM_PLACES,
  WITHOUT_NODE,
} from './import-rules.ts'
import { type Reach, readImports } from './read-imports.ts'

/** What a file may not do, and where it does it. */
export type Violation = { file: string; line: number; text: string }

const FOLDERS = ['shared', 'electron', 'renderer', 'migrations', 'scripts', 'test']
const SOURCE = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/

/**
 * Checks every source file under `root` against `import-rules.ts`: places, dependencies, Node, network, programs, circles.
 * @returns how many files were read, and what is wrong, in the order of the files
 */
export function checkImports(root: string): { files: number; violations: Violation[] } {
  const files = sourceFiles(root)
  const graph = new Map<string, string[]>()
  const violations: Violation[] = []
  for (const file of files) {
    const found = checkFile(root, file)
    violations.push(...found.violations)
    graph.set(file, found.runsWith)
  }
  violations.push(...checkDependencies(root), ...circlesIn(graph))
  return { files: files.length, violations }
}

/** The place a file belongs to: `shared/tax`, `electron/engine`, `electron` (beside the rooms), `renderer`, … */
export function placeOf(file: string): string {
  const parts = file.split('/')
  const [first = '', second = ''] = parts
  if (parts.length === 1) return 'config'
  if (first === 'shared') return parts.length === 2 ? 'shared' : `shared/${second}`
  if (first === 'electron') return parts.length === 2 ? 'electron' : `electron/${second}`
  return first
}

function checkFile(root: string, file: string): { violations: Violation[]; runsWith: string[] } {
  const place = placeOf(file)
  const violations: Violation[] = []
  const runsWith: string[] = []
  const wrong = (line: number, text: string): void => void violations.push({ file, line, text })
  if (MAY_IMPORT[place] === undefined) {
    wrong(1, `${place} is no place of the plan; name it in scripts/import-rules.ts with what it may import`)
  }
  for (const reach of readImports(file, readFileSync(join(root, file), 'utf8'), NETWORK_GLOBALS)) {
    if (reach.kind === 'unknown') {
      if (place !== 'test') wrong(reach.line, 'imports something that is only known when it runs')
    } else if (reach.kind === 'global') {
      if (!mayUseNetwork(file)) wrong(reach.line, `uses ${reach.name}, but only electron/egress may reach the network`)
    } else if (reach.specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(file), reach.specifier)
      const problem = checkFileImport(root, file, target, reach)
      if (problem !== null) wrong(reach.line, problem)
      else if (reach.way === 'value' && SOURCE.test(target)) runsWith.push(target)
    } else {
      const problem = checkModuleImport(file, reach.specifier)
      if (problem !== null) wrong(reach.line, problem)
    }
  }
  return { violations, runsWith }
}

function checkFileImport(
  root: string,
  file: string,
  target: string,
  reach: Extract<Reach, { kind: 'import' }>,
): string | null {
  if (target.startsWith('../')) return `reaches out of the repository: ${reach.specifier}`
  if (!existsSync(join(root, target))) {
    return reach.way === 'file' ? null : `imports ${reach.specifier}, which does not exist (with its extension)`
  }
  if (!SOURCE.test(target)) return null
  const [from, to] = [placeOf(file), placeOf(target)]
  const exceptions = EXCEPTIONS.filter(
    (entry) => entry.file.test(file) && (!entry.typesOnly || reach.way === 'type'),
  ).flatMap((entry) => entry.may)
  const may = [...(MAY_IMPORT[from] ?? []), ...exceptions]
  return from === to || may.includes(to) || may.includes('*') ? null : `${from} may not import from ${to} (${target})`
}

function checkModuleImport(file: string, specifier: string): string | null {
  const node = specifier.startsWith('node:') ? specifier.slice('node:'.length) : null
  if (node === null && builtinModules.includes(specifier)) return `writes ${specifier} without node:`
  if (node !== null) {
    if (WITHOUT_NODE.some((place) => place.test(file))) return `imports ${specifier}, but ${placeOf(file)} sees no Node`
    if (NETWORK_MODULES.includes(node) && !mayUseNetwork(file)) {
      return `imports ${specifier}, but only electron/egress may reach the network`
    }
    if (node === 'child_process' && !PROGRAM_PLACES.some((place) => place.test(file))) {
      return `imports ${specifier}, but ${placeOf(file)} may not start programs`
    }
    return null
  }
  const name = packageOf(specifier)
  const places = DEPENDENCIES[name]
  if (places === undefined) return `imports ${name}, which nobody has classified in scripts/import-rules.ts`
  return places.includes(placeOf(file)) ? null : `${placeOf(file)} may not import ${name}`
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

function mayUseNetwork(file: string): boolean {
  return NETWORK_PLACES.some((place) => place.file.test(file))
}

/** Each dependency of package.json is classified, and nothing else is. */
function checkDependencies(root: string): Violation[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, object | undefined>
  const declared = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) =>
    Object.keys(manifest[field] ?? {}),
  )
  const at = (text: string): Violation => ({ file: 'package.json', line: 1, text })
  return [
    ...declared.filter((name) => DEPENDENCIES[name] === undefined).map((name) => at(`${name} is not classified`)),
    ...Object.keys(DEPENDENCIES)
      .filter((name) => !declared.includes(name))
      .map((name) => at(`${name} is classified in scripts/import-rules.ts but is no dependency`)),
  ]
}

/** Groups of files that need each other to run. Imports for types alone are gone by then and make no circle. */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): Violation[] {
  const found: Violation[] = []
  const state = new Map<string, 'open' | 'done'>()
  const trail: string[] = []
  const visit = (file: string): void => {
    state.set(file, 'open')
    trail.push(file)
    for (const next of graph.get(file) ?? []) {
      if (state.get(next) === 'open') {
        const circle = [...trail.slice(trail.indexOf(next)), next]
        found.push({ file, line: 1, text: `is part of a circle: ${circle.join(' → ')}` })
      } else if (!state.has(next)) visit(next)
    }
    trail.pop()
    state.set(file, 'done')
  }
  for (const file of graph.keys()) if (!state.has(file)) visit(file)
  return found
}

function sourceFiles(root: string): string[] {
  const under = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
  const beside = readdirSync(root).filter((name) => /\.config\.\w+$/.test(name))
  return [...under, ...beside].filter((file) => SOURCE.test(file) && !file.endsWith('.d.ts')).sort()
}

if (import.meta.main) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
  const { files, violations } = checkImports(root)
  for (const { file, line, text } of violations) process.stderr.write(`${file}:${line} ${text}\n`)
  process.stdout.write(`Imports of ${files} files checked: ${violations.length} wrong.\n`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
