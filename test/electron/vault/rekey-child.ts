/** Changes the passphrase of the ledger it is given, to and fro, until it is killed. */
import { writeSync } from 'node:fs'
import { changePassphrase } from '../../../electron/vault/passphrase.ts'
import { openVault } from '../../../electron/vault/vault.ts'

const [path = '', first = '', second = ''] = process.argv.slice(2)
const holder = { door: 'a child', pid: process.pid, since: 0 }
const opened = await openVault(path, { passphrase: first }, { holder })
if (opened.status !== 'open') throw new Error(opened.text)
writeSync(1, 'ready\n')
let { vault } = opened
for (let from = first, to = second; ; [from, to] = [to, from]) {
  const changed = await changePassphrase(vault, from, to)
  if (changed.status !== 'changed') throw new Error(changed.failure.text)
  vault = changed.vault
}
