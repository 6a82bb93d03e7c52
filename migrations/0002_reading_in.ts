import { type Kysely, sql } from 'kysely'

/**
 * What people say of what was read: rules, recipes, links between sources, answers on assets, excuses for gaps, groups,
 * work by hand, and attachments. All of it belongs to acts and is only ever inserted: of several rows on one `key` (or
 * event) the newest in force counts, and `removed` takes the thing away. `link_proposal` alone is derived and replaced.
 * `hand_origin` says what an event made by hand came from; with `replaces` the origin gives way to it while its batch is
 * live. `decision.rule` names the rule that decided, where it was no person.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  'ALTER TABLE decision ADD COLUMN rule TEXT',
  'CREATE INDEX decision_rule ON decision (rule, event) WHERE rule IS NOT NULL',
  `CREATE TABLE rule (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, body TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX rule_key ON rule (key, id)',
  'CREATE INDEX rule_act ON rule (act_id)',
  `CREATE TABLE recipe (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, version INTEGER NOT NULL,
    body TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX recipe_key ON recipe (key, id)',
  'CREATE INDEX recipe_act ON recipe (act_id)',
  `CREATE TABLE link_verdict (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, event TEXT NOT NULL,
    fact TEXT NOT NULL, verdict TEXT NOT NULL, grade TEXT NOT NULL, reason TEXT NOT NULL)`,
  'CREATE INDEX link_verdict_event ON link_verdict (event, id)',
  'CREATE INDEX link_verdict_fact ON link_verdict (fact)',
  'CREATE INDEX link_verdict_key ON link_verdict (key, id)',
  'CREATE INDEX link_verdict_act ON link_verdict (act_id)',
  `CREATE TABLE link_proposal (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, grade TEXT NOT NULL, reason TEXT NOT NULL, time INTEGER NOT NULL,
    account TEXT NOT NULL, body TEXT NOT NULL)`,
  'CREATE INDEX link_proposal_time ON link_proposal (time, id)',
  `CREATE TABLE asset_answer (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, source TEXT, symbol TEXT NOT NULL,
    valid_from TEXT, valid_to TEXT, asset TEXT NOT NULL, note TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX asset_answer_key ON asset_answer (key, id)',
  'CREATE INDEX asset_answer_act ON asset_answer (act_id)',
  `CREATE TABLE coverage_excuse (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, account TEXT NOT NULL,
    valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, why TEXT NOT NULL, note TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX coverage_excuse_key ON coverage_excuse (key, id)',
  'CREATE INDEX coverage_excuse_act ON coverage_excuse (act_id)',
  `CREATE TABLE event_group (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), event TEXT NOT NULL, grp TEXT, name TEXT NOT NULL)`,
  'CREATE INDEX event_group_event ON event_group (event, id)',
  'CREATE INDEX event_group_grp ON event_group (grp)',
  'CREATE INDEX event_group_act ON event_group (act_id)',
  `CREATE TABLE hand_origin (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), batch_id INTEGER NOT NULL REFERENCES batch (id),
    event TEXT, origin TEXT NOT NULL, replaces INTEGER NOT NULL)`,
  'CREATE INDEX hand_origin_event ON hand_origin (event)',
  'CREATE INDEX hand_origin_origin ON hand_origin (origin)',
  'CREATE INDEX hand_origin_batch ON hand_origin (batch_id)',
  'CREATE INDEX hand_origin_act ON hand_origin (act_id)',
  `CREATE TABLE attachment_content (
    id INTEGER PRIMARY KEY, size INTEGER NOT NULL, sha256 TEXT)`,
  'CREATE INDEX attachment_content_sha256 ON attachment_content (sha256)',
  `CREATE TABLE attachment_chunk (
    content_id INTEGER NOT NULL REFERENCES attachment_content (id), n INTEGER NOT NULL, start INTEGER NOT NULL,
    length INTEGER NOT NULL, sha256 BLOB NOT NULL, bytes BLOB NOT NULL, UNIQUE (content_id, n))`,
  `CREATE TABLE attachment (
    id INTEGER PRIMARY KEY, act_id INTEGER NOT NULL REFERENCES act (id), key TEXT NOT NULL, event TEXT NOT NULL,
    content_id INTEGER NOT NULL REFERENCES attachment_content (id), name TEXT NOT NULL, type TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX attachment_key ON attachment (key, id)',
  'CREATE INDEX attachment_event ON attachment (event)',
  'CREATE INDEX attachment_act ON attachment (act_id)',
  'CREATE INDEX attachment_content_of ON attachment (content_id)',
  `CREATE TABLE filing_rows (
    filing_id INTEGER PRIMARY KEY REFERENCES filing (id), rows_hash TEXT NOT NULL, rows BLOB NOT NULL)`,
] as const
