import { describe, expect, it } from 'vitest'
import { openImport } from '../../../electron/intake/import-stream.ts'

const TOTAL = 2 * 1024 * 1024 * 1024
const CHUNK = 1_048_576
const ROW_BYTES = 16_384

const HEADER = '"txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance","memo"\n'

/** One chunk of wide rows, all alike but for their ids; only the ids are written anew each time. */
function* chunks(total: number): Generator<Uint8Array> {
  const row = (i: number): string => {
    const start = `"L${i.toString().padStart(12, '0')}","R${Math.floor(i / 2)
      .toString()
      .padStart(
        12,
        '0',
      )}","2024-01-0${1 + (i % 9)} 10:00:00","trade","","currency","${i % 2 === 0 ? 'ZUSD' : 'XXBT'}","spot",${i % 2 === 0 ? '-100.0000' : '0.0020000000'},0.0000,1.0000,"`
    return start + 'm'.repeat(ROW_BYTES - start.length - 2)
  }
  yield Buffer.from(HEADER)
  const rows = CHUNK / ROW_BYTES
  const bytes = Buffer.alloc(CHUNK)
  let serial = 0
  for (let sent = 0; sent < total; sent += CHUNK) {
    for (let r = 0; r < rows; r++) {
      if (sent === 0 || serial < 2 * rows) bytes.write(`${row(serial)}"\n`, r * ROW_BYTES, 'latin1')
      else bytes.write(row(serial).slice(0, 200), r * ROW_BYTES, 'latin1')
      serial++
    }
    yield bytes
  }
}

describe('a CSV of 2 GB', () => {
  it('is read to its end in bounded memory', { timeout: 120_000 }, async () => {
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
    for (const chunk of chunks(TOTAL)) {
      await stream.push(chunk)
      pushed++
      if (pushed % 32 === 0) highest = Math.max(highest, process.memoryUsage().rss)
    }
    const summary = await stream.end()
    expect(summary.problem).toBeNull()
    expect(summary.bytes).toBe(TOTAL + HEADER.length)
    expect(rows).toBe(TOTAL / ROW_BYTES)
    expect(events).toBe(TOTAL / ROW_BYTES / 2)
    expect((highest - before) / 1_048_576).toBeLessThan(700)
  })
})
