import { describe, expect, it } from 'vitest'
import { openImport } from '../../../electron/intake/import-stream.ts'

const TOTAL = 2 * 1024 * 1024 * 1024
const ROWS_A_CHUNK = 61
const MEMO = Buffer.from(`"${'m'.repeat(16_000)}"\n`)
const HEADER = '"txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance","memo"\n'

const padded = (serial: number) => serial.toString().padStart(12, '0')

function row(serial: number): string {
  const side = serial % 2 === 0 ? '"ZUSD","spot",-100.0000' : '"XXBT","spot",0.0020000000'
  const ids = `"L${padded(serial)}","R${padded(Math.floor(serial / 2))}"`
  return `${ids},"2024-01-0${1 + (serial % 9)} 10:00:00","trade","","currency",${side},0.0000,1.0000,`
}

/** Chunks of wide rows, each chunk in memory of its own, none aligned with anything. */
function* chunks(total: number): Generator<Uint8Array> {
  yield Buffer.from(HEADER)
  let serial = 0
  for (let sent = 0; sent < total; ) {
    const parts: Buffer[] = []
    for (let i = 0; i < ROWS_A_CHUNK; i++) parts.push(Buffer.from(row(serial++)), MEMO)
    const chunk = Buffer.concat(parts)
    sent += chunk.length
    yield chunk
  }
}

describe('a CSV of 2 GB', () => {
  it('is read to its end in bounded memory', { timeout: 300_000 }, async () => {
    const before = process.memoryUsage().rss
    let highest = before
    let rows = 0
    let events = 0
    const stream = openImport({ fileName: 'huge.csv', accounts: [], currency: 'USD' as never }, (message) => {
      if (message.type !== 'batch') return
      rows += message.rows.length
      events += message.events.length
    })
    let pushed = 0
    let bytes = 0
    for (const chunk of chunks(TOTAL)) {
      await stream.push(chunk)
      pushed++
      bytes += chunk.length
      if (pushed % 16 === 0) highest = Math.max(highest, process.memoryUsage().rss)
    }
    const summary = await stream.end()
    expect(summary.problem).toBeNull()
    expect(summary.bytes).toBe(bytes)
    expect(bytes).toBeGreaterThan(TOTAL)
    expect(rows).toBe((pushed - 1) * ROWS_A_CHUNK)
    expect(events).toBe(Math.ceil(rows / 2))
    expect((highest - before) / 1_048_576).toBeLessThan(600)
  })
})
