import { type Kysely, sql } from 'kysely'

/**
 * The first ledger. Facts (`raw_record`, `event`, `leg`) and acts (`decision`, `match_verdict`, `setting`, …) are only
 * ever inserted; what is in force follows from `batch.state` and `act.live`. `event_hidden`, `balance` and `act.live`
 * are derived and recomputed by verify. Integer ids inside; what is not in the
 * order of rows (stable ids, proofs, `leg_place`) stands in tables of its own that staging writes sorted: an index would
 * be touched all over by every chunk.
 * The rows of a file and the events made of them lie in ranges of ids (`record_first` … `event_last`), so that neither
 * needs an index by file: `event.rows` holds the records of an event, less `record_first`; `raw_record.event_id` the way
 * back, and `shared_row` the further events of the few rows that went into several.
 * Columns that name an event without REFERENCES are written in bulk, or would make each delete of a staged event a scan;
 * verify checks those.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  `CREATE TABLE act (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, summary TEXT NOT NULL, why TEXT,
    undoable INTEGER NOT NULL, live INTEGER NOT NULL, revokes INTEGER REFERENCES act (id), content_hash TEXT NOT NULL)`,
  'CREATE INDEX act_revokes ON act (revokes) WHERE revokes IS NOT NULL',
  `CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, act_id INTEGER REFERENCES act (id), body TEXT NOT NULL,
    prev TEXT NOT NULL, hash TEXT NOT NULL)`,
  'CREATE INDEX audit_act ON audit (act_id)',
  `CREATE TABLE touched (
    revision INTEGER NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (revision, what, subject)) WITHOUT ROWID`,
  `CREATE TABLE setting (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL,
    valid_from TEXT NOT NULL DEFAULT '', value TEXT NOT NULL)`,
  'CREATE INDEX setting_key ON setting (key, valid_from, id)',

  `CREATE TABLE account (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, act_id INTEGER REFERENCES act (id))`,
  `CREATE TABLE account_detail (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), account_id INTEGER NOT NULL REFERENCES account (id),
    name TEXT, kind TEXT, grp TEXT, owner TEXT, business INTEGER, tags TEXT)`,
  'CREATE INDEX account_detail_account ON account_detail (account_id, id)',
  `CREATE TABLE asset (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, symbol TEXT, kind TEXT NOT NULL, chain TEXT, contract TEXT,
    family TEXT, act_id INTEGER REFERENCES act (id))`,
  `CREATE TABLE asset_detail (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), asset_id INTEGER NOT NULL REFERENCES asset (id),
    symbol TEXT, kind TEXT, family TEXT)`,
  'CREATE INDEX asset_detail_asset ON asset_detail (asset_id, id)',

  `CREATE TABLE batch (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
    made_at INTEGER NOT NULL, executed_at INTEGER, act_id INTEGER REFERENCES act (id), plan_hash TEXT, sealed_at_import INTEGER,
    events INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX batch_state ON batch (state)',
  `CREATE TABLE source_file (
    id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL REFERENCES batch (id), name TEXT NOT NULL, size INTEGER NOT NULL,
    sha256 TEXT, encoding TEXT, source TEXT, layout TEXT, reader_version INTEGER, account_id INTEGER REFERENCES account (id),
    zone TEXT, state TEXT NOT NULL, record_first INTEGER, record_last INTEGER,
    event_first INTEGER, event_last INTEGER, restates INTEGER NOT NULL DEFAULT 0,
    record_rows INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, linked INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, not_understood INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0, prices INTEGER NOT NULL DEFAULT 0, first INTEGER, last INTEGER, detail TEXT NOT NULL DEFAULT '{}',
    bytes_of INTEGER REFERENCES source_file (id))`,
  'CREATE INDEX source_file_batch ON source_file (batch_id)',
  'CREATE INDEX source_file_bytes ON source_file (bytes_of) WHERE bytes_of IS NOT NULL',
  'CREATE INDEX source_file_sha256 ON source_file (sha256)',
  `CREATE TABLE file_chunk (
    id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_file (id), n INTEGER NOT NULL, start INTEGER NOT NULL,
    length INTEGER NOT NULL, sha256 BLOB NOT NULL, bytes BLOB NOT NULL, UNIQUE (file_id, n), UNIQUE (file_id, start))`,
  `CREATE TABLE raw_record (
    id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_file (id), event_id INTEGER, row INTEGER NOT NULL, sheet TEXT,
    start INTEGER, length INTEGER, identity BLOB NOT NULL, hash BLOB NOT NULL, outcome INTEGER NOT NULL, reason TEXT, field TEXT)`,
  'CREATE INDEX raw_record_left ON raw_record (identity) WHERE outcome = 2',
  `CREATE TABLE event (
    id INTEGER PRIMARY KEY, stable_id TEXT NOT NULL, version INTEGER NOT NULL, batch_id INTEGER NOT NULL REFERENCES batch (id),
    file_id INTEGER, time INTEGER NOT NULL, precision INTEGER NOT NULL, ord NUMERIC,
    kind TEXT NOT NULL, size REAL NOT NULL, time_text TEXT, hash TEXT, note TEXT, source_kind TEXT, to_address TEXT,
    from_address TEXT, counterparty TEXT, protocol TEXT, warnings TEXT, extra TEXT, rows TEXT NOT NULL)`,
  'CREATE INDEX event_time ON event (time, ord, batch_id)',
  `CREATE TABLE leg (
    event_id INTEGER NOT NULL, n INTEGER NOT NULL, role TEXT NOT NULL, account_id INTEGER NOT NULL, asset_id INTEGER NOT NULL,
    amount TEXT NOT NULL, amount_sort REAL GENERATED ALWAYS AS (CAST(amount AS REAL)) VIRTUAL, included INTEGER NOT NULL,
    value TEXT, extra TEXT, PRIMARY KEY (event_id, n)) WITHOUT ROWID`,
  `CREATE TABLE leg_place (
    account_id INTEGER NOT NULL, asset_id INTEGER NOT NULL, event_id INTEGER NOT NULL,
    PRIMARY KEY (account_id, asset_id, event_id)) WITHOUT ROWID`,
  `CREATE TABLE shared_row (
    record_id INTEGER NOT NULL, event_id INTEGER NOT NULL, PRIMARY KEY (record_id, event_id)) WITHOUT ROWID`,
  `CREATE TABLE understood (
    record_id INTEGER NOT NULL, by_record INTEGER NOT NULL, PRIMARY KEY (record_id, by_record)) WITHOUT ROWID`,
  `CREATE TABLE event_identity (
    stable_id TEXT NOT NULL, version INTEGER NOT NULL, event_id INTEGER NOT NULL,
    PRIMARY KEY (stable_id, version)) WITHOUT ROWID`,
  `CREATE TABLE event_proof (
    hash TEXT NOT NULL, event_id INTEGER NOT NULL, PRIMARY KEY (hash, event_id)) WITHOUT ROWID`,
  `CREATE TABLE event_hidden (
    event_id INTEGER PRIMARY KEY REFERENCES event (id), reason TEXT NOT NULL)`,
  `CREATE TABLE corroboration (
    event_id INTEGER PRIMARY KEY REFERENCES event (id), fact TEXT NOT NULL, proof TEXT NOT NULL,
    batch_id INTEGER NOT NULL REFERENCES batch (id))`,
  'CREATE INDEX corroboration_fact ON corroboration (fact)',
  'CREATE INDEX corroboration_batch ON corroboration (batch_id)',
  `CREATE TABLE file_account (
    file_id INTEGER NOT NULL REFERENCES source_file (id), account_id INTEGER NOT NULL REFERENCES account (id),
    events INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (file_id, account_id)) WITHOUT ROWID`,
  `CREATE TABLE file_asset (
    file_id INTEGER NOT NULL REFERENCES source_file (id), asset_id INTEGER NOT NULL REFERENCES asset (id),
    PRIMARY KEY (file_id, asset_id)) WITHOUT ROWID`,
  `CREATE TABLE file_overlap (
    file_id INTEGER NOT NULL REFERENCES source_file (id), batch_id INTEGER NOT NULL REFERENCES batch (id), events INTEGER NOT NULL,
    PRIMARY KEY (file_id, batch_id)) WITHOUT ROWID`,
  'CREATE INDEX file_overlap_batch ON file_overlap (batch_id)',
  `CREATE TABLE file_balance (
    file_id INTEGER NOT NULL REFERENCES source_file (id), account_id INTEGER NOT NULL REFERENCES account (id),
    asset_id INTEGER NOT NULL REFERENCES asset (id), amount TEXT NOT NULL,
    PRIMARY KEY (file_id, account_id, asset_id)) WITHOUT ROWID`,
  `CREATE TABLE batch_change (
    batch_id INTEGER NOT NULL REFERENCES batch (id), event_id INTEGER NOT NULL,
    replaces INTEGER NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (batch_id, event_id)) WITHOUT ROWID`,
  `CREATE TABLE balance (
    account_id INTEGER NOT NULL REFERENCES account (id), asset_id INTEGER NOT NULL REFERENCES asset (id), amount TEXT NOT NULL,
    PRIMARY KEY (account_id, asset_id)) WITHOUT ROWID`,

  `CREATE TABLE decision (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), event TEXT, kind TEXT NOT NULL, body TEXT NOT NULL)`,
  'CREATE INDEX decision_act ON decision (act_id)',
  'CREATE INDEX decision_event ON decision (event)',
  `CREATE TABLE match_proposal (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, grade TEXT NOT NULL, score REAL NOT NULL,
    reason TEXT NOT NULL, body TEXT NOT NULL)`,
  'CREATE INDEX match_proposal_grade ON match_proposal (grade, score)',
  `CREATE TABLE match_proposal_event (
    event TEXT NOT NULL, proposal_id INTEGER NOT NULL REFERENCES match_proposal (id) ON DELETE CASCADE,
    PRIMARY KEY (event, proposal_id)) WITHOUT ROWID`,
  'CREATE INDEX match_proposal_event_proposal ON match_proposal_event (proposal_id)',
  `CREATE TABLE match_verdict (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, verdict TEXT NOT NULL,
    kind TEXT NOT NULL, grade TEXT NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL)`,
  'CREATE INDEX match_verdict_act ON match_verdict (act_id)',
  'CREATE INDEX match_verdict_key ON match_verdict (key, id)',
  `CREATE TABLE match_member (
    event TEXT NOT NULL, verdict_id INTEGER NOT NULL REFERENCES match_verdict (id), side TEXT NOT NULL,
    PRIMARY KEY (event, verdict_id, side)) WITHOUT ROWID`,
  'CREATE INDEX match_member_verdict ON match_member (verdict_id)',

  `CREATE TABLE price (
    id INTEGER PRIMARY KEY, batch_id INTEGER REFERENCES batch (id), act_id INTEGER REFERENCES act (id),
    asset_id INTEGER NOT NULL REFERENCES asset (id), currency TEXT NOT NULL, day TEXT, time INTEGER, price TEXT NOT NULL,
    source TEXT NOT NULL, record_id INTEGER REFERENCES raw_record (id))`,
  'CREATE INDEX price_day ON price (asset_id, currency, day)',
  'CREATE INDEX price_time ON price (asset_id, currency, time)',
  'CREATE INDEX price_batch ON price (batch_id)',
  'CREATE INDEX price_record ON price (record_id)',

  `CREATE TABLE job (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, body TEXT NOT NULL)`,
  `CREATE TABLE filing (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), tax_year INTEGER NOT NULL, jurisdiction TEXT NOT NULL,
    engine_version TEXT NOT NULL, zone_data TEXT NOT NULL, settings TEXT NOT NULL, inputs_hash TEXT NOT NULL,
    prices_hash TEXT NOT NULL, result_hash TEXT NOT NULL, inputs BLOB NOT NULL, result BLOB NOT NULL)`,
  'CREATE INDEX filing_year ON filing (tax_year, id)',
] as const
