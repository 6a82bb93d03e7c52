import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clearLeftovers } from '../../../electron/ledger/batches.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { openVault } from '../../../electron/vault/vault.ts'
import { drain, HOLDER, newBooks, PASSPHRASE, removeFolder, reopen } from './books.ts'
import { saidBeforeKilled } from './killed-child.ts'

interface Killed {
  readonly imported: Set<number>
  readonly decided: Set<number>
}

/** Runs the child on a ledger, kills it `after` milliseconds of work, and gives the steps it had said were done. */
async function killAfter(path: string, key: string, from: number, after: number): Promise<Killed> {
  const said = await saidBeforeKilled('crash-child.ts', [path, key, String(from)], after)
  const steps = (what: string): Set<number> =>
    new Set([...said.matchAll(new RegExp(`${what} (\\d+)\\n`, 'g'))].map((match) => Number(match[1])))
  return { imported: steps('imported'), decided: steps('decided') }
}

test('killed at any moment of an import or a decision, the ledger opens, verifies, and holds all or nothing of it', async () => {
  const books = await newBooks()
  const key = Buffer.concat([books.vault.key.key, books.vault.key.salt]).toString('hex')
  books.close()
  let next = 0
  const moments = new Set<string>()
  for (let round = 0; round < 16; round++) {
    const killed = await killAfter(books.path, key, next, 3 + ((round * 37) % 131))
    const after = await reopen(books.path)
    expect(drain(clearLeftovers(after.ledger)).status).toBe('cleared')
    const verified = drain(verify(after.ledger))
    expect(verified.findings).toEqual([])

    const eventsOf = (n: number): number =>
      after.ledger.value<number>(`SELECT count(*) FROM event WHERE stable_id LIKE 'kraken-ledgers:kraken:${n}-%'`) ?? 0
    const notesOf = (n: number): number =>
      after.ledger.value<number>(`SELECT count(*) FROM decision WHERE event LIKE 'kraken-ledgers:kraken:${n}-%'`) ?? 0
    for (const n of killed.imported) expect(eventsOf(n)).toBe(400)
    for (const n of killed.decided) expect(notesOf(n)).toBe(50)
    const last = next + killed.imported.size
    expect([0, 400]).toContain(eventsOf(last))
    expect([0, 50]).toContain(notesOf(last))
    expect([0, 50]).toContain(notesOf(last - 1))
    moments.add(`${killed.imported.size - killed.decided.size}`)
    next = last + 1
    after.close()
  }
  removeFolder(books.folder)
})

test('two processes on one ledger: the second is told that the first has it, and may open it once that was killed', async () => {
  const books = await newBooks()
  const key = Buffer.concat([books.vault.key.key, books.vault.key.salt]).toString('hex')
  books.close()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-child.ts'), books.path, key, '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  const second = await openVault(books.path, { passphrase: PASSPHRASE }, { holder: HOLDER })
  expect(second).toMatchObject({ status: 'in-use' })
  expect('text' in second && second.text).toContain(`process ${child.pid}`)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.on('close', resolve))
  ;(await reopen(books.path)).close()
  removeFolder(books.folder)
})
