/** What the engine asks of its workers. */

import type { EventRow, RawRow } from '../../shared/contract/events.ts'
import type { ExportFormat } from '../../shared/contract/export-formats.ts'
import type { HandEvent } from '../../shared/contract/hand.ts'
import type { RowNotice } from '../../shared/contract/intake.ts'
import type { Bounds, TaxEffectView } from '../../shared/contract/primitives.ts'
import type { RecipePreview } from '../../shared/contract/recipes.ts'
import type { DisposalView, ReportEntry } from '../../shared/contract/tax.ts'
import type { Movement } from '../../shared/contract/transfers.ts'
import type { Decision, MovementRef } from '../../shared/events/decision.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import type { ReportFormat } from '../../shared/reports/report.ts'
import type { Refusal } from '../../shared/tax/result.ts'
import type { ImportMessage, ImportOptions, ImportSummary, ImportTable } from '../intake/messages.ts'
import type { FilingDraft } from '../ledger/filings.ts'
import type { JoinState } from '../ledger/join-acts.ts'
import type { LinkProposal } from '../ledger/links.ts'
import type { Proposal } from '../ledger/matches.ts'
import type { StagedChunk } from '../ledger/staged.ts'
import type { BackupResult } from '../vault/backup.ts'
import type { ChangeoverAnswer, ProposalAnswer, ProposalCall } from './changeover-book.ts'
import type { BalanceRow, filingDiff, rollForward } from './check-book.ts'
import type { ListCall, ListPage } from './ledger-list.ts'
import type { OpenCall } from './ledger-workers.ts'
import type { StagedLinks } from './link-book.ts'
import type { LotChoices, lotsEffect } from './lot-book.ts'
import type { Candidate, Matched } from './match-book.ts'
import type { PairPage, PairTab } from './movement-views.ts'
import type { effects, PositionEffectsCall, positions } from './position-book.ts'
import type { Rendered, table } from './report-book.ts'
import type { BulkCall, Outcome, RulesCall } from './rule-book.ts'
import type { TablesAnswer, TablesCall, TryCall } from './table-samples.ts'
import type { DisposalsCall, income, lots, OpenAnswer, YearsAnswer } from './tax-answers.ts'
import type { Expanded } from './trace.ts'
import type { MethodsCompared, WhatIf } from './what-if.ts'
import type { ZoneAnswer } from './zone-book.ts'

/** One file to read: it lies in the ledger already, as compressed chunks. */
export interface ReadFileCall {
  readonly file: number
  readonly bytes: number
  readonly options: Omit<ImportOptions, 'cancelled'>
}

/** What reading a file gives while it goes on. */
export type ReadFilePart =
  /** Before the first chunk: the tables whose rows follow; for files of several tables, all of them. */
  | { readonly type: 'tables'; readonly tables: readonly ImportTable[] }
  | { readonly type: 'chunk'; readonly chunk: StagedChunk }
  | Extract<ImportMessage, { readonly type: 'table-end' | 'left-out' }>

interface Page {
  readonly offset: number
  readonly limit: number
}
interface YearPage extends Page {
  readonly year: number
}
interface Rows<Row> {
  readonly revision: number
  readonly total: number
  readonly rows: Row[]
}

/** What a refresh tells: the revision of the books, and the codes of open points by event. */
export interface RefreshAnswer {
  readonly revision: number
  readonly refusal: string | null
  readonly open: [event: string, codes: string[]][]
}

/** Open points by the stage that settles them. */
export interface Stake {
  readonly stage: string
  readonly points: { title: string; count: number }[]
  readonly effect: Bounds
}

/** Reads from the computed books; `refresh` comes before any other. */
export type BookCalls = {
  refresh: { input: null; output: RefreshAnswer }
  years: { input: null; output: YearsAnswer }
  disposals: { input: DisposalsCall; output: Rows<DisposalView> }
  income: { input: YearPage; output: ReturnType<typeof income> }
  lots: {
    input: Page & { asset?: string | undefined; account?: string | undefined }
    output: ReturnType<typeof lots>
  }
  openPoints: {
    input: Page & { year?: number | undefined; stage?: string | undefined }
    output: OpenAnswer
  }
  compareMethods: { input: { years?: readonly number[] | undefined }; output: MethodsCompared }
  compareCountries: {
    input: { countries?: readonly string[] | undefined; years?: readonly number[] | undefined }
    output: ReturnType<WhatIf['countries']>
  }
  decisionRefusals: { input: { decisions: readonly Decision[] }; output: Refusal[] }
  lotChoices: { input: { event: string }; output: LotChoices | null }
  lotsEffect: { input: { decision: Decision }; output: ReturnType<typeof lotsEffect> }
  changeover: { input: { today: string }; output: ChangeoverAnswer }
  proposeAllocation: { input: ProposalCall; output: ProposalAnswer }
  positions: { input: null; output: ReturnType<typeof positions> }
  positionEffects: { input: PositionEffectsCall; output: ReturnType<typeof effects> }
  document: {
    input: { year?: number | undefined; jurisdiction?: string | undefined; method?: string | undefined }
    output: { revision: number; text: string }
  }
  expand: { input: Page & { ref: string }; output: Expanded | null }
  figures: { input: { event: string }; output: { ref: string; label: string; amount: string | null }[] }
  balances: { input: { at: string | null }; output: { revision: number; rows: BalanceRow[] } }
  rollForward: { input: { year: number }; output: ReturnType<typeof rollForward> }
  stakes: { input: { year: number }; output: { revision: number; refusal: string | null; stakes: Stake[] } }
  reportList: { input: null; output: ReportEntry[] }
  table: { input: YearPage & { form: string }; output: ReturnType<typeof table> }
  render: { input: { form: string; year: number; format: ReportFormat }; output: Rendered | null }
  exportBooks: { input: { format: ExportFormat; fileName: string }; output: Rendered }
  filingDraft: { input: { year: number }; output: FilingDraft }
  filingDiff: { input: { year: number; filing: number }; output: ReturnType<typeof filingDiff> }
  alone: { input: Page; output: { revision: number; count: number; refs: MovementRef[] } }
  candidates: { input: { event: string; leg: number }; output: Candidate[] | null }
  effect: { input: { proposals: Proposal[] }; output: TaxEffectView & { pairs: number } }
  /** Of linking: what these records would do if they no longer counted. */
  linkEffect: { input: { corroborating: readonly string[] }; output: { revision: number; tax: TaxEffectView | null } }
  /** Of work by hand: with these events, and without those that they replace. */
  workEffect: {
    input: { makes: readonly (HandEvent & { readonly id: string })[]; replaces: readonly string[] }
    output: { revision: number; tax: TaxEffectView | null; refusal: string | null }
  }
  match: { input: null; output: Matched }
  links: { input: null; output: LinkProposal[] }
  /** Of an import on its way. */
  stagedLinks: { input: { batch: number }; output: StagedLinks }
  applyRules: { input: RulesCall; output: Outcome }
  bulkChange: { input: BulkCall; output: Outcome }
}

export type ComputeCalls = BookCalls & {
  verify: { input: null; output: { ok: boolean; checks: { name: string; ok: boolean; detail: string }[] } }
  open: { input: OpenCall; output: null }
  backUp: { input: { target: string }; output: BackupResult }
  readFile: { input: ReadFileCall; output: ImportSummary; part: ReadFilePart }
}

export type ReadCalls = {
  open: { input: OpenCall; output: null }
  list: { input: ListCall; output: ListPage }
  facets: { input: null; output: Facets }
  preview: {
    input: { batch: number; file: string | null; offset: number; limit: number }
    output: { total: number; rows: EventRow[] }
  }
  previewRaw: { input: { batch: number; event: string }; output: RawRow[] }
  notices: { input: NoticesCall; output: { total: number; rows: (RowNotice & { file: string })[] } }
  sources: { input: { event: string }; output: EventSources | null }
  pairs: { input: { tab: PairTab; offset: number; limit: number }; output: PairPage }
  movements: { input: { refs: readonly MovementRef[] }; output: Movement[] }
  rawRow: { input: { record: number }; output: RawRow | null }
  /** Events by stable id, those behind others too. */
  stagedJoins: { input: { batch: number }; output: StagedJoinsAnswer }
  lines: { input: { events: readonly string[] }; output: EventRow[] }
  zoneEvidence: { input: { file: number }; output: ZoneAnswer }
  rawTables: { input: TablesCall; output: TablesAnswer }
  tryRecipe: { input: TryCall; output: RecipePreview }
}

/** What stands behind one event: its facts' rows, versions and other accounts of it. */
export interface EventSources {
  readonly revision: number
  readonly line: EventRow | null
  readonly hash: string | null
  readonly fromAddress: string | null
  readonly toAddress: string | null
  readonly rawRows: RawRow[]
  readonly corroboratedBy: { event: string; source: string; reason: string }[]
  readonly versions: { version: number; batch: string; live: boolean }[]
  readonly records: EventRow[]
  readonly joinReason: string | null
  readonly transaction: { id: string; state: JoinState } | null
}

export interface StagedJoinsAnswer {
  readonly revision: number
  readonly transactions: number
  readonly before: number
  readonly filed: { year: number; count: number }[]
  readonly waiting: number
}

export interface NoticesCall {
  readonly batch: number
  readonly file: string | null
  readonly outcome: 'skipped' | 'not-understood' | 'changed' | 'linked'
  readonly offset: number
  readonly limit: number
  readonly withoutTexts: boolean
}

export interface Facets {
  readonly revision: number
  readonly years: number[]
  readonly kinds: Kind[]
}
