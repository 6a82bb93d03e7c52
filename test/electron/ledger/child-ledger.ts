import { type WritableLedger, writableLedger } from '../../../electron/ledger/handles.ts'
import { KeyMaterial } from '../../../electron/vault/key.ts'
import { openVault } from '../../../electron/vault/vault.ts'

/** The ledger that a parent test hands to a process that it will kill, and the number of the first round. */
export async function ledgerOfParent(): Promise<{ readonly ledger: WritableLedger; readonly from: number }> {
  const [path = '', keyAndSalt = '', from = '0'] = process.argv.slice(2)
  const shared = new SharedArrayBuffer(48)
  Buffer.from(shared).set(Buffer.from(keyAndSalt, 'hex'))
  const opened = await openVault(
    path,
    { key: new KeyMaterial(shared) },
    { holder: { door: 'a child', pid: process.pid, since: 0 } },
  )
  if (opened.status !== 'open') throw new Error(opened.text)
  return { ledger: writableLedger(opened.vault.connection), from: Number(from) }
}
