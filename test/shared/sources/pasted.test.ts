/** Two exports pasted into one file, one below the other with its header, count once, whatever the source. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Collected, collect, fixture } from '../../electron/intake/collect.ts'

const FOLDER = new URL('../../fixtures/sources/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => /\.(?:csv|txt|tsv)$/.test(name))

/** What a reading comes to: every event with its legs, prices and forms, without the numbers of rows. */
function found({ events, rows, messages }: Collected): readonly string[] {
  const told = events.map(({ id, kind, legs, time }) =>
    JSON.stringify([id, kind, time, legs], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  )
  const others = messages.flatMap((message) =>
    message.type === 'batch' ? [...message.prices.map(() => 'price'), ...message.brokerForms.map(() => 'form')] : [],
  )
  const left = rows.filter(({ outcome }) => outcome === 'not-understood').map(({ identity }) => `left ${identity}`)
  return [...told, ...others, ...left].toSorted()
}

describe('a file pasted below itself', () => {
  it.each(FILES)('%s counts once', async (name) => {
    const text = fixture(name).toString('utf-8')
    const once = await collect(text, { fileName: name })
    const [table] = once.tables
    if (table === undefined) return
    const lines = text.replace(/\r?\n$/, '').split('\n')
    const below = lines.slice(table.headerRow - 1)
    const twice = await collect(`${[...lines, ...below].join('\n')}\n`, { fileName: name, source: table.source })
    expect(found(twice)).toEqual(found(once))
    expect(twice.rows.some((row) => row.outcome === 'skipped' && row.reason?.includes('header') === true)).toBe(true)
  })
})
