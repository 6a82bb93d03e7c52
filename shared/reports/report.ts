/**
 * A report is tables as data: what a form says, cell by cell, each figure with a reference that its trace opens. Screens
 * show it, `electron/render` prints it; neither computes a figure.
 */
import type { Account, Asset } from '../events/account.ts'
import type { CivilDate, EventId, Instant } from '../events/identifiers.ts'
import type { Profile } from '../events/interchange-types.ts'
import type { ChangeoverMemo } from '../tax/changeover-memo.ts'
import type { FormLine, TaxResult } from '../tax/result.ts'

export const REPORT_FORMATS = ['pdf', 'csv', 'xlsx', 'json', 'txf', 'sru', 'sru-info'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** How a cell is to be read: `money` and `amount` are plain decimals (`-1234.50`), `date` is a civil date. */
export type CellKind = 'text' | 'date' | 'amount' | 'money'

export interface ReportColumn {
  readonly key: string
  /** Short head, for screens and for the head line of a CSV file. */
  readonly label: string
  /** The head as the official form prints it, where there is one, with its line breaks. */
  readonly heading?: string
  /** Head in CSV files, where programs expect another name than the form's. */
  readonly field?: string
  readonly kind: CellKind
  readonly align: 'left' | 'right'
  /** Share of the printed width. */
  readonly width: number
}

export interface ReportRow {
  /** Names the row inside its section: a line of the form, or its number from 1. */
  readonly id: string
  readonly cells: Readonly<Record<string, string>>
  /** By column, the reference of the figure. */
  readonly refs: Readonly<Record<string, string>>
  /** References one step closer to the source rows. */
  readonly behind: readonly string[]
  /** The row hangs on something open: the text says on what. */
  readonly mark?: string
  /** Printed with weight: a sum inside the table. */
  readonly strong?: boolean
}

/** One sheet of a form that holds a fixed number of rows, with its own totals. */
export interface ReportPage {
  /** Index of its first row. */
  readonly from: number
  readonly count: number
  readonly totals: Readonly<Record<string, string>>
}

export interface ReportSection {
  readonly id: string
  readonly title: string
  readonly about: readonly string[]
  readonly columns: readonly ReportColumn[]
  /** Further columns for files that programs read; not on screens and pages. */
  readonly fileColumns?: readonly ReportColumn[]
  readonly rows: readonly ReportRow[]
  /** By column; empty where the table has no totals. */
  readonly totals: Readonly<Record<string, string>>
  readonly totalLabel: string
  /** Printed over part of the page's width: a table of few columns. */
  readonly narrow?: boolean
  /** Sheets of the form, for tables that the form cuts into sheets; empty otherwise. */
  readonly pages: readonly ReportPage[]
}

export interface ReportFact {
  readonly label: string
  readonly value: string
}

/** Something that only the user, or a better record, can settle, and what it does to the year. */
export interface ReportOpenPoint {
  readonly code: string
  readonly title: string
  readonly text: string
  /** What it adds to the figure at least and at most; null where a bound is not known. */
  readonly low: string | null
  readonly high: string | null
  readonly ref: string | null
}

export interface Report {
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly year: number
  readonly yearLabel: string
  readonly ledgerName: string
  /** The name on the return, where the books know it. */
  readonly taxpayer: string | null
  readonly engine: string
  readonly inputHash: string
  readonly currency: string
  /** It follows an official form's columns; printed pages leave room for the return's name and number. */
  readonly officialForm: boolean
  /** How a printed page shows a loss. */
  readonly negative: 'parentheses' | 'minus'
  /** Profile, settings, engine, prices, hash: under what the figures hold. */
  readonly facts: readonly ReportFact[]
  readonly sections: readonly ReportSection[]
  readonly open: readonly ReportOpenPoint[]
  readonly notes: readonly string[]
}

/** All that a report is made of. */
export interface ReportInput {
  readonly result: TaxResult
  readonly profile: Profile
  readonly accounts: readonly Account[]
  readonly assets: readonly Asset[]
  /** The tax year, named by the calendar year in which it begins. */
  readonly year: number
  readonly ledgerName: string
  /** Where values came from, most used first, in words. */
  readonly priceSources: readonly string[]
  /** The name on the return, where it is to be printed. */
  readonly taxpayer?: string
  /** Transaction hash or provider's id of an event, where known. */
  readonly transactionOf?: (event: EventId) => string | undefined
  /** Of a filed year: the lines of its forms as they were filed. */
  readonly forms?: Readonly<Record<string, readonly FormLine[]>>
  /** The record of the change to basis by account, for its memo. */
  readonly changeover?: ChangeoverMemo | null
  /** When the report is made, where that is printed. */
  readonly made?: Instant
  /** The day of the last event in the books. */
  readonly lastEvent?: CivilDate
}

/** One entry of the list of reports. */
export interface ReportDefinition {
  readonly id: string
  readonly title: string
  readonly about: string
  /** Countries whose form it is; null where it suits all. */
  readonly jurisdictions: readonly string[] | null
  /** The files it can be written as, for a tax year. */
  readonly formats: (year: number) => readonly ReportFormat[]
  readonly build: (input: ReportInput) => Report
}
