import { type ESTree, parseSync, Visitor } from 'vite'

/** `type`: gone when the program runs. `file`: the address of a file beside, as of a worker. */
export type Way = 'value' | 'type' | 'file'

/** One thing a file reaches for. `line` counts from 1. */
export type Reach =
  | { kind: 'import'; specifier: string; line: number; way: Way }
  /** An import whose target is not written down: nobody can say where it leads. */
  | { kind: 'unknown'; line: number }
  | { kind: 'global'; name: string; line: number }

/**
 * All that a source file imports, statically, lazily, for its types, as a worker or as an asset, and which of the named
 * globals it uses. Reads TypeScript and JSX by parsing, so that a word in a text or a comment is no import.
 * Throws when the file cannot be parsed.
 */
export function readImports(file: string, source: string, globals: readonly string[]): Reach[] {
  const parsed = parseSync(file, source)
  const failure = parsed.errors[0]
  if (failure !== undefined) throw new Error(`${file} cannot be parsed: ${failure.message}`)
  const reaches: Reach[] = []
  const lineOf = lineFinder(source)
  const add = (target: ESTree.Node | null | undefined, at: number, way: Way = 'value'): void => {
    if (target?.type === 'Literal' && typeof target.value === 'string') {
      reaches.push({ kind: 'import', specifier: target.value, line: lineOf(at), way })
    } else reaches.push({ kind: 'unknown', line: lineOf(at) })
  }
  const quiet = new Set<ESTree.Node>()
  const silence = (node: ESTree.Node): void => void quiet.add(node)

  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.start, node.importKind === 'type' ? 'type' : 'value'),
    ExportAllDeclaration: (node) => add(node.source, node.start, node.exportKind === 'type' ? 'type' : 'value'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source, node.start, node.exportKind === 'type' ? 'type' : 'value')
    },
    ImportExpression: (node) => add(node.source, node.start),
    TSImportType: (node) => add(node.source, node.start, 'type'),
    CallExpression: (node) => {
      if (isRequire(node)) add(node.arguments[0], node.start)
    },
    NewExpression: (node) => {
      const address = node.arguments[0]
      const isFileBeside = named(node.callee) === 'URL' && isImportMetaUrl(node.arguments[1])
      if (isFileBeside && address?.type === 'Literal') add(address, node.start, 'file')
    },
    ImportSpecifier: (node) => [node.imported, node.local].forEach(silence),
    MemberExpression: (node) => {
      if (!node.computed && !isGlobalObject(node.object)) silence(node.property)
    },
    Property: (node) => {
      if (!node.computed && !node.shorthand) silence(node.key)
    },
    MethodDefinition: (node) => silence(node.key),
    PropertyDefinition: (node) => silence(node.key),
    TSPropertySignature: (node) => silence(node.key),
    TSMethodSignature: (node) => silence(node.key),
    TSTypeReference: (node) => silence(node.typeName),
    TSTypeQuery: (node) => silence(node.exprName),
    TSInterfaceHeritage: (node) => silence(node.expression),
    Identifier: (node) => {
      if (!quiet.has(node) && globals.includes(node.name)) {
        reaches.push({ kind: 'global', name: node.name, line: lineOf(node.start) })
      }
    },
  }).visit(parsed.program)
  return reaches
}

function named(node: ESTree.Node): string | null {
  return node.type === 'Identifier' ? node.name : null
}

/** `require(…)` and `require.resolve(…)`, under whatever names `createRequire` was given are caught by its own import. */
function isRequire(node: ESTree.CallExpression): boolean {
  const { callee } = node
  if (callee.type === 'MemberExpression') {
    const owner = named(callee.object)
    const meta = callee.object.type === 'MetaProperty'
    return (owner === 'require' || meta) && callee.property.type === 'Identifier' && callee.property.name === 'resolve'
  }
  return named(callee) === 'require'
}

function isImportMetaUrl(node: ESTree.Node | undefined): boolean {
  return node?.type === 'MemberExpression' && node.object.type === 'MetaProperty'
}

function isGlobalObject(node: ESTree.Node): boolean {
  return ['globalThis', 'window', 'self', 'global', 'navigator'].includes(named(node) ?? '')
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [0]
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1
}
