import { hash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import { type Committed, commit } from './commit.ts'
import type { ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'
import { wellFormed } from './well-formed.ts'

/** A frozen tax year: everything its figures came from, each with its hash. */
export interface FilingDraft {
  readonly taxYear: number
  readonly jurisdiction: string
  readonly engineVersion: string
  /** Version of the time zone data that civil dates were taken from. */
  readonly zoneData: string
  readonly settings: JsonValue
  /** The inputs as an interchange document, canonical bytes. */
  readonly inputs: Uint8Array
  /** Hash of the prices within the inputs. */
  readonly pricesHash: string
  /** The result document, canonical bytes. */
  readonly result: Uint8Array
  /** The rows behind the document, so that every figure of the year is read as it was filed. */
  readonly rows: Uint8Array
}

export interface Filing {
  readonly id: number
  readonly act: number
  readonly at: number
  readonly taxYear: number
  readonly jurisdiction: string
  readonly engineVersion: string
  readonly zoneData: string
  readonly settings: JsonValue
  readonly inputsHash: string
  readonly pricesHash: string
  readonly resultHash: string
}

/** Freezes a tax year. A filing is never changed; filing the year again adds another. Hashes are SHA-256 in hex. */
export function freezeFiling(
  ledger: WritableLedger,
  filing: FilingDraft,
  act: { readonly summary: string; readonly who: string; readonly at: number },
): Committed<{ readonly id: number }> | DiskFull {
  return commit(ledger, { kind: 'filing', ...act }, (write, scope) => {
    const id = write.run(
      query.insertInto('filing').values({
        act_id: scope.id,
        tax_year: filing.taxYear,
        jurisdiction: filing.jurisdiction,
        engine_version: filing.engineVersion,
        zone_data: filing.zoneData,
        settings: canonicalJson(wellFormed(filing.settings)),
        inputs_hash: hash('sha256', filing.inputs),
        prices_hash: filing.pricesHash,
        result_hash: hash('sha256', filing.result),
        inputs: zstdCompressSync(filing.inputs),
        result: zstdCompressSync(filing.result),
      }),
    )
    write.run(
      query.insertInto('filing_rows').values({
        filing_id: id,
        rows_hash: hash('sha256', filing.rows),
        rows: zstdCompressSync(filing.rows),
      }),
    )
    scope.touch('filings')
    return { id }
  })
}

/** Filings, newest first; of one tax year where given. */
export function listFilings(ledger: ReadableLedger, taxYear?: number): Filing[] {
  const rows = ledger.rows<Omit<Filing, 'settings'> & { settings: string }>(
    `SELECT f.id, f.act_id AS act, a.at, f.tax_year AS taxYear, f.jurisdiction, f.engine_version AS engineVersion,
       f.zone_data AS zoneData, f.settings, f.inputs_hash AS inputsHash, f.prices_hash AS pricesHash, f.result_hash AS resultHash
     FROM filing f JOIN act a ON a.id = f.act_id ${taxYear === undefined ? '' : 'WHERE f.tax_year = ?'} ORDER BY f.id DESC`,
    ...(taxYear === undefined ? [] : [taxYear]),
  )
  return rows.map((row) => ({ ...row, settings: JSON.parse(row.settings) as JsonValue }))
}

export interface FiledDocuments {
  readonly inputs: Buffer
  readonly result: Buffer
  /** Null for a filing made before the rows were kept. */
  readonly rows: Buffer | null
}

/** The frozen documents of a filing, byte for byte. */
export function readFiling(ledger: ReadableLedger, id: number): FiledDocuments | null {
  const row = ledger.rows<{ inputs: Buffer; result: Buffer; rows: Buffer | null }>(
    `SELECT f.inputs, f.result, r.rows FROM filing f LEFT JOIN filing_rows r ON r.filing_id = f.id WHERE f.id = ?`,
    id,
  )[0]
  if (row === undefined) return null
  return {
    inputs: zstdDecompressSync(row.inputs),
    result: zstdDecompressSync(row.result),
    rows: row.rows === null ? null : zstdDecompressSync(row.rows),
  }
}

/** The hash of a filing's rows as it was recorded; null where it has none. */
export const filedRowsHash = (ledger: ReadableLedger, id: number): string | null =>
  ledger.value<string>('SELECT rows_hash FROM filing_rows WHERE filing_id = ?', id) ?? null
