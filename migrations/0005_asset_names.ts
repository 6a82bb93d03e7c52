import { type Kysely, sql } from 'kysely'

/** What a token calls itself in full, as its source tells it: a fact that rules look at beside its symbol. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE asset ADD COLUMN name TEXT`.execute(db)
}
