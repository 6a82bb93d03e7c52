import { oc } from '@orpc/contract'
import { z } from 'zod'
import { EXPORT_FORMATS } from './export-formats.ts'
import { bounds, civilDate, decimal, ERRORS, figureRef, instant, page } from './primitives.ts'
import { taxChangeoverContract } from './tax-changeover.ts'
import { ruleRefusal, taxChoicesContract } from './tax-choices.ts'

const { NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED, DISK_FULL } = ERRORS

export const openPoint = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  text: z.string(),
  event: z.string().nullable(),
  asset: z.string().nullable(),
  symbol: z.string().nullable(),
  amount: decimal.nullable(),
  taxYear: z.number().int().nullable(),
  effect: bounds,
  stage: z.string(),
})
export type OpenPoint = z.infer<typeof openPoint>

export const yearTotals = z.object({
  year: z.number().int(),
  label: z.string(),
  proceeds: decimal,
  cost: decimal,
  fees: decimal,
  gain: decimal,
  gains: decimal,
  losses: decimal,
  shortTerm: decimal.nullable(),
  longTerm: decimal.nullable(),
  income: decimal,
  disposals: z.number().int(),
  low: decimal.nullable(),
  high: decimal.nullable(),
  openPoints: z.number().int(),
  filed: z.boolean(),
  jurisdiction: z.string(),
  currency: z.string(),
  method: z.string(),
  methodName: z.string(),
  /** The rule that allows the method. */
  methodRule: z.string(),
  /** Of the engine that made these figures. */
  engine: z.string(),
  heads: z.array(z.object({ head: z.string(), value: decimal, ref: figureRef })),
  incomeTaxable: decimal,
  exempt: decimal,
  denied: decimal,
  discount: decimal,
  deduction: decimal,
  /** Allowance used up. */
  allowance: decimal,
  taxable: decimal,
  /** Null where the country's rules do not make it plain. */
  tax: decimal.nullable(),
  carryOut: z.array(z.object({ id: z.string(), label: z.string(), amount: decimal, ref: figureRef })),
  /** Gain and income without what open points count for meanwhile. */
  withoutOpen: z.object({ gain: decimal, income: decimal }),
  /** Bounds of the income with the open points settled either way. */
  incomeLow: decimal.nullable(),
  incomeHigh: decimal.nullable(),
  /** Further lines the country's pack gives (allowance, exempt, carried loss), in its order. */
  lines: z.array(z.object({ label: z.string(), amount: decimal, ref: figureRef })),
})
export type YearTotals = z.infer<typeof yearTotals>

export const disposalView = z.object({
  id: z.string(),
  event: z.string(),
  account: z.string().nullable(),
  accountName: z.string().nullable(),
  asset: z.string(),
  symbol: z.string(),
  amount: decimal,
  acquired: civilDate.nullable(),
  disposed: civilDate,
  proceeds: decimal,
  fees: decimal,
  cost: decimal,
  gain: decimal,
  /** Part of a loss that the law does not let count; `0` where all of it counts. */
  denied: decimal,
  term: z.enum(['short', 'long']).nullable(),
  rule: z.string(),
  taxable: z.boolean(),
  box: z.string().nullable(),
  open: z.array(z.string()),
})
export type DisposalView = z.infer<typeof disposalView>

export const incomeView = z.object({
  event: z.string(),
  date: civilDate,
  asset: z.string(),
  symbol: z.string(),
  amount: decimal,
  value: decimal,
  head: z.string(),
})
export const lotView = z.object({
  account: z.string().nullable(),
  accountName: z.string().nullable(),
  asset: z.string(),
  symbol: z.string(),
  amount: decimal,
  acquired: civilDate.nullable(),
  cost: decimal,
  origin: z.string().nullable(),
  longFrom: civilDate.nullable(),
})

/** One step of a trace. `raw` is set on the last step: the row in the source's own words. */
export const traceNode = z.object({
  ref: figureRef,
  label: z.string(),
  detail: z.string(),
  amount: decimal.nullable(),
  unit: z.string().nullable(),
  children: z.number().int(),
  raw: z
    .object({
      file: z.string(),
      row: z.number().int(),
      header: z.array(z.string()),
      cells: z.array(z.string()),
      text: z.string(),
    })
    .nullable(),
})
export type TraceNode = z.infer<typeof traceNode>

const head = { revision: z.number().int(), job: z.string().nullable() }

/** Totals, disposals, income and lots under the profile's law; every figure opens its trace. A read that meets a running computation waits for it. */
export const taxContract = {
  ...taxChoicesContract,
  ...taxChangeoverContract,
  years: oc
    .output(
      z.object({
        ...head,
        currency: z.string(),
        jurisdiction: z.string(),
        method: z.string(),
        engine: z.string(),
        country: z.string(),
        methodName: z.string(),
        methodRule: z.string(),
        /** Methods by their first day, where they changed. */
        methods: z.array(z.object({ from: civilDate, method: z.string(), name: z.string() })),
        /** What has to be verified in this country's rules before anybody relies on the figures. */
        toVerify: z.array(z.string()),
        years: z.array(yearTotals),
        /** Years that cannot be computed (each of these and every later one), with the reasons; earlier years stand. */
        blocked: z.array(z.object({ year: z.number().int(), label: z.string(), refused: z.array(ruleRefusal) })),
        /** The countries lived in one after the other, where the books say so; else empty. `years` above has each year once, that of a move under the country that was left. */
        residence: z.array(
          z.object({
            jurisdiction: z.string(),
            name: z.string(),
            currency: z.string(),
            from: instant.nullable(),
            to: instant.nullable(),
            event: z.string().nullable(),
            years: z.array(yearTotals),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  disposals: oc
    .input(
      page.extend({
        year: z.number().int(),
        asset: z.string().optional(),
        account: z.string().optional(),
        term: z.enum(['short', 'long']).optional(),
        event: z.string().optional(),
        sort: z.enum(['disposed', 'gain', 'proceeds', 'asset']),
        descending: z.boolean(),
      }),
    )
    .output(z.object({ ...head, total: z.number().int(), rows: z.array(disposalView) }))
    .errors({ NO_LEDGER, CANCELLED, REFUSED }),
  income: oc
    .input(page.extend({ year: z.number().int(), head: z.string().optional() }))
    .output(
      z.object({
        ...head,
        total: z.number().int(),
        heads: z.array(z.object({ head: z.string(), value: decimal, count: z.number().int(), ref: figureRef })),
        rows: z.array(incomeView),
      }),
    )
    .errors({ NO_LEDGER, CANCELLED, REFUSED }),
  lots: oc
    .input(page.extend({ asset: z.string().optional(), account: z.string().optional() }))
    .output(z.object({ ...head, total: z.number().int(), rows: z.array(lotView) }))
    .errors({ NO_LEDGER, CANCELLED, REFUSED }),
  open: oc
    .input(page.extend({ year: z.number().int().optional(), stage: z.string().optional() }))
    .output(z.object({ ...head, total: z.number().int(), effect: bounds, rows: z.array(openPoint) }))
    .errors({ NO_LEDGER, CANCELLED, REFUSED }),
  /**
   * The whole result document (`tallystick/result@1`) as JSON text, of one tax year or of all; under another country or
   * method where named, without changing the profile. A filed year without such changes is served from its filing.
   */
  document: oc
    .input(
      z.object({
        year: z.number().int().optional(),
        jurisdiction: z.string().optional(),
        method: z.string().optional(),
      }),
    )
    .output(z.object({ ...head, text: z.string() }))
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  expand: oc
    .input(page.extend({ ref: figureRef }))
    .output(z.object({ ...head, node: traceNode, total: z.number().int(), children: z.array(traceNode) }))
    .errors({ NO_LEDGER, NOT_FOUND, CANCELLED, REFUSED }),
}

export const stageState = z.object({
  id: z.enum(['books', 'sources', 'read-in', 'transfers', 'file']),
  title: z.string(),
  why: z.string(),
  state: z.enum(['empty', 'open', 'done']),
  /** Sentences of people: “3 deposits have no sender yet”. */
  problems: z.array(z.object({ text: z.string(), count: z.number().int() })),
  atStake: bounds,
  checked: instant.nullable(),
})
export type StageState = z.infer<typeof stageState>

export const filing = z.object({
  id: z.string(),
  year: z.number().int(),
  frozen: instant,
  engine: z.string(),
  inputHash: z.string(),
  resultHash: z.string(),
  gain: decimal,
  openPoints: z.number().int(),
})
export type Filing = z.infer<typeof filing>

/** The spine's state, the checks before filing, and the frozen years. */
export const checkContract = {
  stages: oc
    .output(z.object({ revision: z.number().int(), stages: z.array(stageState) }))
    .errors({ NO_LEDGER, REFUSED, CANCELLED }),
  verify: oc
    .output(
      z.object({
        ok: z.boolean(),
        checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
      }),
    )
    .errors({ NO_LEDGER, CANCELLED }),
  rollForward: oc
    .input(z.object({ year: z.number().int() }))
    .output(
      z.object({
        ...head,
        rows: z.array(
          z.object({
            asset: z.string(),
            symbol: z.string(),
            opening: decimal,
            in: decimal,
            out: decimal,
            fees: decimal,
            closing: decimal,
            difference: decimal,
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, CANCELLED, REFUSED }),
  filings: oc.output(z.object({ revision: z.number().int(), filings: z.array(filing) })).errors({ NO_LEDGER }),
  freeze: oc
    .input(z.object({ year: z.number().int() }))
    .output(z.object({ filing, revision: z.number().int() }))
    .errors({ NO_LEDGER, REFUSED, DISK_FULL, CANCELLED }),
  diff: oc
    .input(z.object({ year: z.number().int() }))
    .output(
      z.object({
        filed: filing,
        same: z.boolean(),
        lines: z.array(z.object({ label: z.string(), filed: z.string(), now: z.string() })),
      }),
    )
    .errors({ NO_LEDGER, NOT_FOUND, REFUSED, CANCELLED }),
}

export const reportFormat = z.enum(['pdf', 'csv', 'xlsx', 'json', 'txf', 'sru', 'sru-info'])
export const reportEntry = z.object({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  /** Of the newest year; another year may have others. */
  formats: z.array(reportFormat),
  years: z.array(z.number().int()),
  formatsByYear: z.array(z.object({ year: z.number().int(), label: z.string(), formats: z.array(reportFormat) })),
})
export type ReportEntry = z.infer<typeof reportEntry>

/** The forms: as tables for the screen, as files to keep. */
export const reportsContract = {
  list: oc.output(z.array(reportEntry)).errors({ NO_LEDGER, REFUSED, CANCELLED }),
  table: oc
    .input(page.extend({ form: z.string(), year: z.number().int() }))
    .output(
      z.object({
        ...head,
        title: z.string(),
        notes: z.array(z.string()),
        sections: z.array(
          z.object({
            title: z.string(),
            columns: z.array(z.object({ key: z.string(), label: z.string(), align: z.enum(['left', 'right']) })),
            rows: z.array(z.object({ cells: z.record(z.string(), z.string()), refs: z.record(z.string(), figureRef) })),
            totals: z.record(z.string(), z.string()),
            totalRows: z.number().int(),
          }),
        ),
      }),
    )
    .errors({ NO_LEDGER, REFUSED, CANCELLED, NOT_FOUND }),
  render: oc
    .input(z.object({ form: z.string(), year: z.number().int(), format: reportFormat }))
    .output(z.object({ fileName: z.string(), mediaType: z.string(), base64: z.string() }))
    .errors({ NO_LEDGER, REFUSED, CANCELLED, NOT_FOUND }),
  /** Everything: as interchange JSON (the default), or as another program's files. */
  exportAll: oc
    .input(z.object({ format: z.enum(EXPORT_FORMATS) }).optional())
    .output(z.object({ fileName: z.string(), mediaType: z.string(), base64: z.string() }))
    .errors({ NO_LEDGER, CANCELLED }),
}
