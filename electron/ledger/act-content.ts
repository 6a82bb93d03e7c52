import { hash } from 'node:crypto'
import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import type { ReadableLedger } from './handles.ts'

/**
 * Everything one act appended, in row order, as it stands in the audit trail: `commit` hashes it when it is written,
 * verify hashes it again from the rows.
 */
const PARTS: readonly (readonly [string, string])[] = [
  ['decisions', 'SELECT event, kind, body FROM decision WHERE act_id = ? ORDER BY id'],
  ['verdicts', 'SELECT key, verdict, kind, grade, reason, body FROM match_verdict WHERE act_id = ? ORDER BY id'],
  ['settings', 'SELECT key, valid_from, value FROM setting WHERE act_id = ? ORDER BY id'],
  ['accounts', 'SELECT key, name, kind FROM account WHERE act_id = ? ORDER BY id'],
  [
    'accountDetails',
    `SELECT a.key, d.name, d.kind, d.grp, d.owner, d.business, d.tags
     FROM account_detail d JOIN account a ON a.id = d.account_id WHERE d.act_id = ? ORDER BY d.id`,
  ],
  ['assets', 'SELECT key, symbol, kind, chain, contract, family FROM asset WHERE act_id = ? ORDER BY id'],
  ['assetNames', 'SELECT key, name FROM asset WHERE act_id = ? AND name IS NOT NULL ORDER BY id'],
  [
    'assetDetails',
    `SELECT a.key, d.symbol, d.kind, d.family
     FROM asset_detail d JOIN asset a ON a.id = d.asset_id WHERE d.act_id = ? ORDER BY d.id`,
  ],
  ['batches', 'SELECT key, origin, plan_hash, events FROM batch WHERE act_id = ? ORDER BY id'],
  [
    'prices',
    `SELECT a.key, p.currency, p.day, p.time, p.price, p.source
     FROM price p JOIN asset a ON a.id = p.asset_id WHERE p.act_id = ? ORDER BY p.id`,
  ],
  [
    'filings',
    `SELECT tax_year, jurisdiction, engine_version, zone_data, settings, inputs_hash, prices_hash, result_hash
     FROM filing WHERE act_id = ? ORDER BY id`,
  ],
  [
    'filing rows',
    `SELECT r.rows_hash FROM filing f JOIN filing_rows r ON r.filing_id = f.id WHERE f.act_id = ? ORDER BY f.id`,
  ],
  ['ruled', 'SELECT event, kind, rule FROM decision WHERE act_id = ? AND rule IS NOT NULL ORDER BY id'],
  ['rules', 'SELECT key, body, removed FROM rule WHERE act_id = ? ORDER BY id'],
  ['recipes', 'SELECT key, version, body, removed FROM recipe WHERE act_id = ? ORDER BY id'],
  ['links', 'SELECT key, event, fact, verdict, grade, reason FROM link_verdict WHERE act_id = ? ORDER BY id'],
  ['joins', 'SELECT key, verdict, reason FROM join_verdict WHERE act_id = ? ORDER BY id'],
  [
    'assetAnswers',
    `SELECT key, source, symbol, valid_from, valid_to, asset, note, removed
     FROM asset_answer WHERE act_id = ? ORDER BY id`,
  ],
  [
    'excuses',
    'SELECT key, account, valid_from, valid_to, why, note, removed FROM coverage_excuse WHERE act_id = ? ORDER BY id',
  ],
  ['groups', 'SELECT event, grp, name FROM event_group WHERE act_id = ? ORDER BY id'],
  ['origins', 'SELECT event, origin, replaces FROM hand_origin WHERE act_id = ? ORDER BY id'],
  [
    'attachments',
    `SELECT a.key, a.event, a.name, a.type, a.removed, c.sha256
     FROM attachment a JOIN attachment_content c ON c.id = a.content_id WHERE a.act_id = ? ORDER BY a.id`,
  ],
]

/** SHA-256 (64 hex digits) of what an act appended. */
export function actContentHash(ledger: ReadableLedger, act: number): string {
  const content: Record<string, JsonValue> = {}
  for (const [name, sql] of PARTS) {
    const rows = ledger.tuples<JsonValue[]>(sql, act)
    if (rows.length > 0) content[name] = rows
  }
  return hash('sha256', canonicalJson(content))
}
