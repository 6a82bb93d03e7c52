/** A whole file as lines of text: what it was taken for, what became of every row, what was said about the file. */
import { type Collected, collect, eventLines, fixture, times } from '../../electron/intake/collect.ts'

/**
 * First `source / layout, zone`; then one line for each event or other row, in the order of the file; then warnings about the
 * file. The lines of an event end with what it says about hash, addresses and the other side.
 */
export function linesOf(read: Collected): string[] {
  const table = read.tables[0]
  const head = `${table?.source} / ${table?.layout}, ${table?.zoneAsked ? 'zone asked' : table?.zone}`
  const at = times(read)
  const drafted = eventLines(read)
  const events = read.events.map((event, i) => {
    const more = [
      event.hash === undefined ? '' : `hash ${event.hash}`,
      event.fromAddress === undefined ? '' : `from ${event.fromAddress}`,
      event.toAddress === undefined ? '' : `to ${event.toAddress}`,
      event.counterparty === undefined ? '' : `with ${event.counterparty}`,
      ...(event.warnings ?? []).map((warning) => `! ${warning}`),
    ]
    const facts = more.filter((text) => text !== '').map((text) => ` | ${text}`)
    return { row: event.rows[0] ?? 0, text: `${event.rows.join('+')} ${at[i]} ${drafted[i]}${facts.join('')}` }
  })
  const others = read.rows.flatMap((row) => {
    if (row.outcome === 'event' || row.outcome === 'price') return []
    if (row.outcome === 'broker-form') return [{ row: row.row, text: `${row.row} broker-form` }]
    const column = row.column === undefined ? '' : ` [${row.column}]`
    return [{ row: row.row, text: `${row.row} ${row.outcome}${column}: ${row.reason}` }]
  })
  const rows = [...events, ...others].toSorted((a, b) => a.row - b.row).map(({ text }) => text)
  return [head, ...rows, ...read.warnings.map((warning) => `file: ${warning}`)]
}

/** Reads a fixture under its own name, as some layouts are told apart by it. */
export const linesOfFixture = async (name: string): Promise<string[]> =>
  linesOf(await collect(fixture(name), { fileName: name }))

/** Reads a few lines as the file of a venue. */
export const linesOfText = async (lines: readonly string[], fileName = 'export.csv'): Promise<string[]> =>
  linesOf(await collect(`${lines.join('\n')}\n`, { fileName }))
