import type { ZoneName } from '../../shared/events/identifiers.ts'
import type { ReadableLedger } from './handles.ts'

/** The zones that a person gave to files in force, by source and account: later files of the same are read so too. */
export function answeredZones(ledger: ReadableLedger): Record<string, ZoneName> {
  const rows = ledger.tuples<[string, string, ZoneName]>(
    `SELECT f.source, a.key, json_extract(f.detail, '$.asked.zone') FROM source_file f
     JOIN batch b ON b.id = f.batch_id AND b.state = 'live' JOIN account a ON a.id = f.account_id
     WHERE json_extract(f.detail, '$.asked.zone') IS NOT NULL ORDER BY b.executed_at, f.id`,
  )
  return Object.fromEntries(rows.map(([source, account, zone]) => [`${source} ${account}`, zone]))
}
