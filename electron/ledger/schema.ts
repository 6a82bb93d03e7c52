import type { Generated } from 'kysely'

/** Typed shape of the ledger file; the comments on meaning stand in the migrations. */
export interface LedgerTables {
  meta: { key: string; value: string }
  act: {
    id: Generated<number>
    at: number
    who: string
    kind: string
    summary: string
    why: string | null
    undoable: number
    live: number
    revokes: number | null
    content_hash: string
  }
  audit: { seq: Generated<number>; at: number; act_id: number | null; body: string; prev: string; hash: string }
  touched: { revision: number; what: string; subject: string }
  setting: { id: Generated<number>; act_id: number; key: string; valid_from: string; value: string }
  account: { id: Generated<number>; key: string; name: string; kind: string; act_id: number | null }
  account_detail: {
    id: Generated<number>
    act_id: number
    account_id: number
    name: string | null
    kind: string | null
    grp: string | null
    owner: string | null
    business: number | null
    tags: string | null
  }
  asset: {
    id: Generated<number>
    key: string
    symbol: string | null
    name: string | null
    kind: string
    chain: string | null
    contract: string | null
    family: string | null
    act_id: number | null
  }
  asset_detail: {
    id: Generated<number>
    act_id: number
    asset_id: number
    symbol: string | null
    kind: string | null
    family: string | null
  }
  batch: {
    id: Generated<number>
    key: string
    origin: string
    title: string
    state: string
    made_at: number
    executed_at: number | null
    act_id: number | null
    plan_hash: string | null
    sealed_at_import: number | null
    events: Generated<number>
  }
  source_file: {
    id: Generated<number>
    batch_id: number
    name: string
    size: number
    sha256: string | null
    encoding: string | null
    source: string | null
    layout: string | null
    reader_version: number | null
    account_id: number | null
    zone: string | null
    state: string
    record_first: number | null
    record_last: number | null
    event_first: number | null
    event_last: number | null
    restates: Generated<number>
    record_rows: Generated<number>
    added: Generated<number>
    changed: Generated<number>
    linked: Generated<number>
    known: Generated<number>
    skipped: Generated<number>
    not_understood: Generated<number>
    events: Generated<number>
    prices: Generated<number>
    broker_forms: Generated<number>
    first: number | null
    last: number | null
    detail: Generated<string>
    /** The file whose kept bytes this one is read from: it is that file, read again. Null where it has bytes of its own. */
    bytes_of: number | null
  }
  file_chunk: {
    id: Generated<number>
    file_id: number
    n: number
    start: number
    length: number
    sha256: Buffer
    bytes: Buffer
  }
  raw_record: {
    id: Generated<number>
    file_id: number
    event_id: number | null
    row: number
    sheet: string | null
    start: number | null
    length: number | null
    identity: Buffer
    hash: Buffer
    outcome: number
    reason: string | null
    field: string | null
  }
  event: {
    id: Generated<number>
    stable_id: string
    version: number
    batch_id: number
    file_id: number | null
    time: number
    precision: number
    ord: number | null
    kind: string
    size: number
    time_text: string | null
    hash: string | null
    note: string | null
    source_kind: string | null
    to_address: string | null
    from_address: string | null
    counterparty: string | null
    protocol: string | null
    warnings: string | null
    extra: string | null
    rows: string
  }
  leg: {
    event_id: number
    n: number
    role: string
    account_id: number
    asset_id: number
    amount: string
    amount_sort: Generated<number>
    included: number
    value: string | null
    extra: string | null
  }
  leg_place: { account_id: number; asset_id: number; event_id: number }
  shared_row: { record_id: number; event_id: number }
  understood: { record_id: number; by_record: number }
  event_identity: { stable_id: string; version: number; event_id: number }
  event_proof: { hash: string; event_id: number }
  event_hidden: { event_id: number; reason: string }
  corroboration: { event_id: number; fact: string; proof: string; batch_id: number }
  file_account: { file_id: number; account_id: number; events: number; first: number; last: number }
  file_asset: { file_id: number; asset_id: number }
  file_overlap: { file_id: number; batch_id: number; events: number }
  file_balance: { file_id: number; account_id: number; asset_id: number; amount: string }
  batch_change: { batch_id: number; event_id: number; replaces: number; fields: string }
  balance: { account_id: number; asset_id: number; amount: string }
  decision: {
    id: Generated<number>
    act_id: number
    event: string | null
    kind: string
    body: string
    /** The rule that decided; null where a person did. */
    rule: string | null
  }
  match_proposal: {
    id: Generated<number>
    key: string
    kind: string
    grade: string
    score: number
    reason: string
    body: string
  }
  match_proposal_event: { event: string; proposal_id: number }
  match_verdict: {
    id: Generated<number>
    act_id: number
    key: string
    verdict: string
    kind: string
    grade: string
    reason: string
    body: string
  }
  match_member: { event: string; verdict_id: number; side: string }
  price: {
    id: Generated<number>
    batch_id: number | null
    act_id: number | null
    asset_id: number
    currency: string
    day: string | null
    time: number | null
    price: string
    source: string
    record_id: number | null
  }
  broker_form: {
    id: Generated<number>
    batch_id: number
    file_id: number
    record_id: number
    identity: Buffer
    account_id: number
    asset_id: number
    body: string
  }
  job: { id: Generated<number>; kind: string; state: string; started_at: number; ended_at: number | null; body: string }
  filing: {
    id: Generated<number>
    act_id: number
    tax_year: number
    jurisdiction: string
    engine_version: string
    zone_data: string
    settings: string
    inputs_hash: string
    prices_hash: string
    result_hash: string
    inputs: Buffer
    result: Buffer
  }
  filing_rows: {
    filing_id: number
    rows_hash: string
    rows: Buffer
  }
  rule: { id: Generated<number>; act_id: number; key: string; body: string; removed: number }
  recipe: { id: Generated<number>; act_id: number; key: string; version: number; body: string; removed: number }
  link_verdict: {
    id: Generated<number>
    act_id: number
    key: string
    event: string
    fact: string
    verdict: string
    grade: string
    reason: string
  }
  joined: { event_id: number; reason: string }
  joined_part: { part: string; event_id: number; n: number }
  join_verdict: { id: Generated<number>; act_id: number; key: string; verdict: string; reason: string }
  link_proposal: {
    id: Generated<number>
    key: string
    grade: string
    reason: string
    time: number
    account: string
    body: string
  }
  asset_answer: {
    id: Generated<number>
    act_id: number
    key: string
    source: string | null
    symbol: string
    valid_from: string | null
    valid_to: string | null
    asset: string
    note: string
    removed: number
  }
  coverage_excuse: {
    id: Generated<number>
    act_id: number
    key: string
    account: string
    valid_from: string
    valid_to: string
    why: string
    note: string
    removed: number
  }
  event_group: { id: Generated<number>; act_id: number; event: string; grp: string | null; name: string }
  hand_origin: {
    id: Generated<number>
    act_id: number
    batch_id: number
    event: string | null
    origin: string
    replaces: number
  }
  attachment_content: { id: Generated<number>; size: number; sha256: string | null }
  attachment_chunk: { content_id: number; n: number; start: number; length: number; sha256: Buffer; bytes: Buffer }
  attachment: {
    id: Generated<number>
    act_id: number
    key: string
    event: string
    content_id: number
    name: string
    type: string
    removed: number
  }
}
