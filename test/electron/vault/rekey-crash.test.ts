import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { verify } from '../../../electron/ledger/verify.ts'
import { countVisible } from '../../../electron/ledger/visibility.ts'
import { openVault } from '../../../electron/vault/vault.ts'
import { buy, drain, HOLDER, importExports, newBooks, PASSPHRASE, removeFolder, reopen } from '../ledger/books.ts'

async function killWhileChanging(path: string, first: string, second: string, after: number): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rekey-child.ts'), path, first, second], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let wrong = ''
  child.stderr.on('data', (bytes: Buffer) => {
    wrong += bytes.toString()
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  await Promise.race([
    new Promise((resolve) => child.stdout.once('data', resolve)),
    ended.then(() => {
      throw new Error(`the child ended by itself: ${wrong}`)
    }),
  ])
  await wait(after)
  child.kill('SIGKILL')
  await ended
  expect(wrong).toBe('')
}

test('killed at any moment of changing the passphrase, the ledger opens with the old one or the new one, whole', async () => {
  const books = await newBooks()
  importExports(books.ledger, [Array.from({ length: 3000 }, (_, n) => buy(`n${n}`, n % 300, '1', '10'))])
  books.close()
  const phrases = [PASSPHRASE, 'the other one']
  let current = PASSPHRASE
  for (let round = 0; round < 7; round++) {
    const other = phrases.find((phrase) => phrase !== current) as string
    await killWhileChanging(books.path, current, other, 150 + round * 110)
    const first = await openVault(books.path, { passphrase: current }, { holder: HOLDER })
    if (first.status === 'open') first.vault.close()
    else {
      expect(first.status).toBe('wrong-passphrase')
      current = other
    }
    const after = await reopen(books.path, { passphrase: current })
    expect(countVisible(after.ledger)).toBe(3000)
    expect(drain(verify(after.ledger)).findings).toEqual([])
    after.close()
    expect(readdirSync(books.folder)).toEqual(['Ada.tally'])
  }
  removeFolder(books.folder)
})
