import type { Subject } from './commit.ts'
import type { ReadableLedger } from './handles.ts'
import { FILE_EVENTS } from './ranges.ts'

export interface Changes {
  readonly revision: number
  /** Too much changed to list, or `since` is not of this ledger: load everything again. */
  readonly all: boolean
  /** Stable ids of events whose facts, decisions or matches may differ now; some may be gone. */
  readonly events: readonly string[]
  readonly profile: boolean
  readonly accounts: boolean
  readonly assets: boolean
  readonly prices: boolean
  readonly settings: boolean
  readonly filings: boolean
}

/**
 * What committed acts after `since` touched, read from an index by revision. A batch is spelt out as the stable ids of
 * its events while there are at most `most` of them, else `all` is set.
 */
export function changesSince(ledger: ReadableLedger, since: number, most = 20_000): Changes {
  return ledger.snapshot(() => {
    const revision = ledger.revision()
    const touched = ledger.tuples<[Subject, string]>(
      'SELECT DISTINCT what, subject FROM touched WHERE revision > ?',
      since,
    )
    const whole = new Set(touched.map(([what]) => what))
    const events = new Set<string>()
    let all = since < 0 || since > revision
    for (const [what, subject] of touched) {
      if (all) break
      if (what === 'event') events.add(subject)
      if (what === 'batch') {
        const size =
          ledger.value<number>(
            `SELECT count(*) FROM (SELECT 1 FROM ${FILE_EVENTS} WHERE f.batch_id = ? LIMIT ?)`,
            Number(subject),
            most + 1,
          ) ?? 0
        if (size > most) all = true
        else
          for (const id of ledger.column<string>(
            `SELECT e.stable_id FROM ${FILE_EVENTS} WHERE f.batch_id = ?`,
            Number(subject),
          ))
            events.add(id)
      }
      if (events.size > most) all = true
    }
    return {
      revision,
      all,
      events: all ? [] : [...events],
      profile: all || whole.has('profile'),
      accounts: all || whole.has('accounts') || whole.has('batch'),
      assets: all || whole.has('assets') || whole.has('batch'),
      prices: all || whole.has('prices') || whole.has('batch'),
      settings: all || whole.has('settings'),
      filings: all || whole.has('filings'),
    }
  })
}
