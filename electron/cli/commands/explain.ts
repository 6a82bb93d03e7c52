import type { Command } from 'commander'
import type { TraceNode } from '../../../shared/contract/tax.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { oneLine } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

/** A trace is followed this deep: form line, disposal, lot fraction, transfers, events, raw rows, with room to spare. */
const DEEPEST = 40

interface TraceTree extends Omit<TraceNode, 'children'> {
  readonly children: readonly TraceTree[]
}

export function addExplain(program: Command): void {
  onLedger(program.command('explain'))
    .argument('<ledger>')
    .argument('<figure>', 'for example total:2025:gain, event:<id>, form:us-8949:2025:L:1:d')
    .description('the trace of one figure down to the rows of the source files')
    .action((ledger: string, figure: string, options: LedgerOptions) =>
      withLedger(ledger, options, async (client) => {
        const tree = await traceTree(client, figure, new Set(), 0)
        outputOf(options).document(tree, () => treeLines(tree, 0))
      }),
    )
}

async function traceTree(
  client: EngineClient,
  ref: string,
  path: ReadonlySet<string>,
  depth: number,
): Promise<TraceTree> {
  const first = await client.tax.expand({ ref, offset: 0, limit: 500 })
  const nodes = [...first.children]
  while (nodes.length < first.total) {
    const page = await client.tax.expand({ ref, offset: nodes.length, limit: 500 })
    if (page.children.length === 0) break
    nodes.push(...page.children)
  }
  const below = new Set([...path, ref])
  const children: TraceTree[] = []
  for (const node of nodes)
    children.push(
      node.children > 0 && depth < DEEPEST && !below.has(node.ref)
        ? await traceTree(client, node.ref, below, depth + 1)
        : { ...node, children: [] },
    )
  return { ...first.node, children }
}

function treeLines(tree: TraceTree, depth: number): string[] {
  const indent = '  '.repeat(depth)
  if (tree.raw !== null) return [`${indent}${tree.raw.file}, row ${tree.raw.row}: ${oneLine(tree.raw.text)}`]
  const amount = tree.amount === null ? '' : `  ${tree.amount}${tree.unit === null ? '' : ` ${tree.unit}`}`
  const lines = [`${indent}${oneLine(tree.label)}${amount}${tree.detail === '' ? '' : `  (${oneLine(tree.detail)})`}`]
  for (const child of tree.children) lines.push(...treeLines(child, depth + 1))
  return lines
}
