import { expect, test } from 'vitest'
import { clearContents, readAttachments } from '../../../electron/ledger/attachments.ts'
import { clearLeftovers } from '../../../electron/ledger/batches.ts'
import { countCaught } from '../../../electron/ledger/rules.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { drain, newBooks, removeFolder, reopen } from './books.ts'
import { saidBeforeKilled } from './killed-child.ts'

test('killed at any moment, links, merges, rules and attachments are there as a whole or not at all', async () => {
  const books = await newBooks()
  const key = Buffer.concat([books.vault.key.key, books.vault.key.salt]).toString('hex')
  books.close()
  let next = 0
  for (let round = 0; round < 8; round++) {
    const said = await saidBeforeKilled('overlay-child.ts', [books.path, key, String(next)], 5 + ((round * 41) % 90))
    const { ledger, close } = await reopen(books.path)
    drain(clearLeftovers(ledger))
    drain(clearContents(ledger))
    const { findings } = drain(verify(ledger))
    expect(findings).toEqual([])
    const steps = (what: string) =>
      [...said.matchAll(new RegExp(`${what} (\\d+)\\n`, 'g'))].map((match) => Number(match[1]))
    const hidden = (id: string) =>
      ledger.value<string>(
        'SELECT h.reason FROM event_hidden h JOIN event e ON e.id = h.event_id WHERE e.stable_id = ?',
        id,
      )
    for (const n of steps('linked')) expect(hidden(`koinly:kraken:${n}-x`)).toBe('corroborates')
    for (const n of steps('merged')) expect(hidden(`kraken-ledgers:kraken:${n}-a`)).toBe('by-hand')
    for (const n of steps('ruled')) expect(countCaught(ledger, `r${n}`)).toBe(1)
    const names = new Set(readAttachments(ledger).map(({ name }) => name))
    for (const n of steps('attached')) expect(names).toContain(`${n}.pdf`)
    const orphans =
      'SELECT count(*) FROM attachment_content c WHERE NOT EXISTS (SELECT 1 FROM attachment t WHERE t.content_id = c.id)'
    expect(ledger.value<number>(orphans)).toBe(0)
    expect(ledger.value<number>(`SELECT count(*) FROM batch WHERE state = 'staged'`)).toBe(0)
    const imported = ledger.column<string>(
      `SELECT DISTINCT stable_id FROM event WHERE stable_id LIKE 'kraken-ledgers:kraken:%-a'`,
    )
    next = Math.max(next, ...imported.map((id) => Number(/(\d+)-a$/.exec(id)?.[1] ?? 0))) + 1
    close()
  }
  removeFolder(books.folder)
})
