import { type Kysely, sql } from 'kysely'

/**
 * Rows of brokers' forms (US: 1099-DA), each from one row of a file. They stand and go with their batch, as events do;
 * `identity` is that of the row, so that a row which came in twice counts once. `body` holds the other members of the form
 * as the interchange format writes them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE broker_form (
    id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL REFERENCES batch (id), file_id INTEGER NOT NULL REFERENCES source_file (id),
    record_id INTEGER NOT NULL REFERENCES raw_record (id), identity BLOB NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id), asset_id INTEGER NOT NULL REFERENCES asset (id), body TEXT NOT NULL)`,
  'CREATE INDEX broker_form_batch ON broker_form (batch_id)',
  'CREATE INDEX broker_form_file ON broker_form (file_id)',
  'CREATE INDEX broker_form_record ON broker_form (record_id)',
  'CREATE INDEX broker_form_identity ON broker_form (identity)',
  'CREATE INDEX broker_form_account ON broker_form (account_id)',
  'CREATE INDEX broker_form_asset ON broker_form (asset_id)',
  'ALTER TABLE source_file ADD COLUMN broker_forms INTEGER NOT NULL DEFAULT 0',
] as const
