/** Everything that can be checked of a ledger, on a connection of its own so that every page is read from the disk. Runs in a worker. */
import { hash } from 'node:crypto'
import { filedRowsHash, listFilings, readFiling } from '../ledger/filings.ts'
import { type ReadableLedger, readable } from '../ledger/handles.ts'
import { CHECKS, type Check, verify } from '../ledger/verify.ts'
import { openReader } from '../vault/vault.ts'
import type { JobSignal } from './job-signal.ts'

interface CheckLine {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

const NAMES: Readonly<Record<Check, string>> = {
  pages: 'Every page of the file is whole',
  references: 'Every row refers to rows that are there',
  audit: 'The audit trail is an unbroken chain',
  acts: 'Every act is as it was when it was done',
  files: 'Original files are as they were received',
  records: 'Source rows are as they were received',
  identities: 'Every source row is known by its own identity',
  versions: 'One version of each event is the fact',
  balances: 'Balances are the sum of their movements',
  counts: 'Counts of imports are right',
}

export function verifyLedger(
  path: string,
  key: SharedArrayBuffer,
  signal: JobSignal,
): { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] } {
  const connection = openReader(path, key)
  try {
    const ledger = readable(connection)
    const steps = verify(ledger)
    let step = steps.next()
    while (step.done !== true) {
      signal.check()
      signal.progress(CHECKS.indexOf(step.value), CHECKS.length)
      step = steps.next()
    }
    const { findings, counted } = step.value
    const checks: CheckLine[] = CHECKS.map((check) => {
      const found = findings.filter((finding) => finding.check === check)
      return {
        name: NAMES[check],
        ok: found.length === 0,
        detail: found.length === 0 ? `${counted[check]} looked at` : found.map(({ text }) => text).join(' '),
      }
    })
    checks.push(checkFilings(ledger))
    return { ok: checks.every(({ ok }) => ok), checks: checks.map((line) => ({ ...line })) }
  } finally {
    connection.close()
  }
}

/** Frozen inputs and results against the hashes that the audit trail holds. */
function checkFilings(ledger: ReadableLedger): CheckLine {
  const filings = listFilings(ledger)
  const broken = filings.filter(({ id, inputsHash, resultHash }) => {
    const documents = readFiling(ledger, id)
    return (
      documents === null ||
      hash('sha256', documents.inputs) !== inputsHash ||
      hash('sha256', documents.result) !== resultHash ||
      (documents.rows === null ? null : hash('sha256', documents.rows)) !== filedRowsHash(ledger, id)
    )
  })
  return {
    name: 'Filed years are as they were frozen',
    ok: broken.length === 0,
    detail:
      broken.length === 0
        ? `${filings.length} looked at`
        : broken.map(({ taxYear }) => `The filing of ${taxYear} is not what was frozen.`).join(' '),
  }
}
