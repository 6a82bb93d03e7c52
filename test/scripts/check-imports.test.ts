import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkImports, circlesIn, placeOf } from '../../scripts/check-imports.ts'
import { MAY_IMPORT } from '../../scripts/import-rules.ts'

const REPOSITORY = resolve(import.meta.dirname, '../..')

/** A small tree that keeps all the rules, for one violation to be planted in. */
const CLEAN = {
  'shared/amount/amount.ts': 'export type Amount = bigint\nexport const zero = 0n\n',
  'shared/assets/asset.ts': "import { zero } from '../amount/amount.ts'\nexport const none = zero\n",
  'shared/events/event.ts': "import { none } from '../assets/asset.ts'\nexport const event = none\n",
  'shared/contract/contract.ts': "import { z } from 'zod'\nexport const contract = z\n",
  'shared/tax/compute.ts': 'export const compute = 1\n',
  'electron/cli/commands/calc.ts':
    "import { compute } from '../../../shared/tax/compute.ts'\nexport const calc = compute\n",
  'electron/engine/engine.ts': "import { save } from '../ledger/ledger.ts'\nexport const engine = save\n",
  'electron/engine/worker.ts': 'export {}\n',
  'electron/ledger/ledger.ts': "import { readFileSync } from 'node:fs'\nexport const save = readFileSync\n",
  'electron/intake/read.ts': "export const read = () => import('papaparse')\n",
  'electron/browser/server.ts': "import { createServer } from 'node:http'\nexport const server = createServer\n",
  'electron/egress/out.ts': 'export const out = () => fetch(new URL("https://prices.example/"))\n',
  'renderer/app/app.ts':
    "import type { contract } from '../../shared/contract/contract.ts'\nexport type App = typeof contract\n",
}

describe('the import check', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tallystick-imports-'))
    cpSync(join(REPOSITORY, 'package.json'), join(root, 'package.json'))
    for (const [file, text] of Object.entries(CLEAN)) plant(file, text)
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function plant(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const wrong = (): string[] => checkImports(root).violations.map(({ file, line, text }) => `${file}:${line} ${text}`)

  it('finds nothing in a tree that keeps the rules', () => {
    expect(checkImports(root)).toEqual({ files: Object.keys(CLEAN).length, violations: [] })
  })

  it.each([
    [
      'a room that looks to its right',
      'shared/amount/x.ts',
      "import '../events/event.ts'",
      'shared/amount may not import from shared/events (shared/events/event.ts)',
    ],
    [
      'the domain touching the main side',
      'shared/events/x.ts',
      "import '../../electron/ledger/ledger.ts'",
      'shared/events may not import from electron/ledger (electron/ledger/ledger.ts)',
    ],
    [
      'the domain seeing Node',
      'shared/events/x.ts',
      "import { readFileSync } from 'node:fs'",
      'imports node:fs, but shared/events sees no Node',
    ],
    [
      'a type from where it may not come',
      'shared/amount/x.ts',
      "import type { contract } from '../contract/contract.ts'",
      'shared/amount may not import from shared/contract (shared/contract/contract.ts)',
    ],
    [
      'a type in passing',
      'shared/amount/x.ts',
      "export type X = import('../contract/contract.ts').X",
      'shared/amount may not import from shared/contract (shared/contract/contract.ts)',
    ],
    [
      'a re-export',
      'shared/amount/x.ts',
      "export * from '../events/event.ts'",
      'shared/amount may not import from shared/events (shared/events/event.ts)',
    ],
    [
      'a value where only types are excepted',
      'shared/assets/x.ts',
      "import { event } from '../events/event.ts'",
      'shared/assets may not import from shared/events (shared/events/event.ts)',
    ],
    [
      'the page reaching around the contract',
      'renderer/app/x.tsx',
      "const tax = await import('../../electron/engine/engine.ts')\nexport const x = <p>{tax}</p>",
      'renderer may not import from electron/engine (electron/engine/engine.ts)',
    ],
    [
      'a joint that knows another joint',
      'electron/intake/x.ts',
      "import '../ledger/ledger.ts'",
      'electron/intake may not import from electron/ledger (electron/ledger/ledger.ts)',
    ],
    [
      'a door that goes past the engine',
      'electron/browser/x.ts',
      "import '../ledger/ledger.ts'",
      'electron/browser may not import from electron/ledger (electron/ledger/ledger.ts)',
    ],
    [
      'a worker of another room',
      'electron/intake/x.ts',
      "export const w = new URL('../engine/worker.ts', import.meta.url)",
      'electron/intake may not import from electron/engine (electron/engine/worker.ts)',
    ],
    [
      'the terminal door calling the domain outside calc',
      'electron/cli/commands/tax.ts',
      "import '../../../shared/tax/compute.ts'",
      'electron/cli may not import from shared/tax (shared/tax/compute.ts)',
    ],
    [
      'a place nobody has named',
      'electron/helpers/x.ts',
      'export {}',
      'electron/helpers is no place of the plan; name it in scripts/import-rules.ts with what it may import',
    ],
    [
      'a dependency nobody has classified',
      'electron/engine/x.ts',
      "import 'left-pad'",
      'imports left-pad, which nobody has classified in scripts/import-rules.ts',
    ],
    [
      'a dependency in the wrong place',
      'electron/engine/x.ts',
      "import 'react'",
      'electron/engine may not import react',
    ],
    [
      'a part of a scoped dependency in the wrong place',
      'shared/tax/x.ts',
      "import '@orpc/client/websocket'",
      'shared/tax may not import @orpc/client',
    ],
    [
      'a dependency by require',
      'electron/engine/x.ts',
      "const r = require('react')\nexport { r }",
      'electron/engine may not import react',
    ],
    [
      'an import that only the running program knows',
      'electron/engine/x.ts',
      'export const load = (name: string) => import(name)',
      'imports something that is only known when it runs',
    ],
    [
      'a network module',
      'electron/sync/x.ts',
      "import { get } from 'node:https'\nexport { get }",
      'imports node:https, but only electron/egress may reach the network',
    ],
    [
      'the name service',
      'electron/vault/x.ts',
      "import { lookup } from 'node:dns/promises'\nexport { lookup }",
      'imports node:dns/promises, but only electron/egress may reach the network',
    ],
    [
      'fetch',
      'electron/prices/x.ts',
      "export const price = () => fetch('https://x.example')",
      'uses fetch, but only electron/egress may reach the network',
    ],
    [
      'fetch by another name',
      'electron/prices/x.ts',
      'const f = globalThis.fetch\nexport { f }',
      'uses fetch, but only electron/egress may reach the network',
    ],
    [
      'a socket from the page',
      'renderer/views/x.ts',
      "export const s = new WebSocket('ws://x')",
      'uses WebSocket, but only electron/egress may reach the network',
    ],
    [
      'a beacon from the page',
      'renderer/views/x.ts',
      "navigator.sendBeacon('/x')",
      'uses sendBeacon, but only electron/egress may reach the network',
    ],
    [
      'a program started by the engine',
      'electron/engine/x.ts',
      "import { exec } from 'node:child_process'\nexport { exec }",
      'imports node:child_process, but electron/engine may not start programs',
    ],
    [
      'a builtin without its prefix',
      'electron/engine/x.ts',
      "import fs from 'fs'\nexport { fs }",
      'writes fs without node:',
    ],
    [
      'a missing extension',
      'electron/engine/x.ts',
      "import './engine'",
      'imports ./engine, which does not exist (with its extension)',
    ],
    [
      'a file outside the repository',
      'electron/engine/x.ts',
      "import '../../../elsewhere.ts'",
      'reaches out of the repository: ../../../elsewhere.ts',
    ],
  ])('finds %s', (_what, file, text, violation) => {
    plant(file, `${text}\n`)
    expect(wrong()).toEqual([expect.stringMatching(new RegExp(`^${file.replaceAll('.', '\\.')}:\\d+ `))])
    expect(wrong()[0]).toContain(violation)
  })

  it('says on which line', () => {
    plant('electron/engine/x.ts', "// one\n\nimport 'react'\n")
    expect(wrong()).toEqual(['electron/engine/x.ts:3 electron/engine may not import react'])
  })

  it('is not fooled by words in texts, comments, types and names of members', () => {
    plant(
      'electron/engine/x.ts',
      [
        "// import 'react'; fetch('x')",
        "export const text = \"import('react'); require('react'); fetch()\"",
        'export type Socket = WebSocket',
        'export const client = { fetch: (x: string) => x }',
        "client.fetch('x')",
      ].join('\n'),
    )
    expect(wrong()).toEqual([])
  })

  it('finds a circle of files, and none where only types go around', () => {
    plant('electron/engine/a.ts', "import { b } from './b.ts'\nexport const a = b\n")
    plant('electron/engine/b.ts', "import type { a } from './a.ts'\nexport const b = 1 as unknown as typeof a\n")
    expect(wrong()).toEqual([])
    plant('electron/engine/b.ts', "import { a } from './a.ts'\nexport const b = () => a\n")
    expect(wrong()).toEqual([
      'electron/engine/b.ts:1 is part of a circle: electron/engine/a.ts → electron/engine/b.ts → electron/engine/a.ts',
    ])
  })

  it('finds a dependency of package.json that is not classified, and a classified one that is gone', () => {
    plant('package.json', JSON.stringify({ dependencies: { 'left-pad': '1.0.0' } }))
    expect(wrong()).toContain('package.json:1 left-pad is not classified')
    expect(wrong()).toContain('package.json:1 react is classified in scripts/import-rules.ts but is no dependency')
  })
})

describe('the import rules', () => {
  it('have no circle among places', () => {
    const { test: _everything, ...places } = MAY_IMPORT
    expect(circlesIn(new Map(Object.entries(places)))).toEqual([])
  })

  it('know the place of a file', () => {
    expect(placeOf('shared/tax/packs/us/pack.ts')).toBe('shared/tax')
    expect(placeOf('electron/app-folders.ts')).toBe('electron')
    expect(placeOf('renderer/stages/sources/sources.tsx')).toBe('renderer')
    expect(placeOf('vite.config.ts')).toBe('config')
  })
})
