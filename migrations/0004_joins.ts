import { type Kysely, sql } from 'kysely'

/**
 * One transaction that several records tell of is one event. `joined` are those events, `joined_part` the records (by
 * stable id) that each was made of, in order: both are derived from the facts and rewritten with them. `join_verdict` is what was
 * said of a transaction, by the id of its event: `apart`, `together`, or `held` where an import found that a person had
 * spoken of a record of it already; of several the newest of an act in force counts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  'CREATE TABLE joined (event_id INTEGER PRIMARY KEY REFERENCES event (id), reason TEXT NOT NULL)',
  'CREATE TABLE joined_part (part TEXT PRIMARY KEY, event_id INTEGER NOT NULL REFERENCES event (id), n INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX joined_part_event ON joined_part (event_id)',
  `CREATE TABLE join_verdict (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, verdict TEXT NOT NULL,
    reason TEXT NOT NULL)`,
  'CREATE INDEX join_verdict_key ON join_verdict (key, id)',
  'CREATE INDEX join_verdict_act ON join_verdict (act_id)',
] as const
