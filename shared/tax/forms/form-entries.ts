import type { Amount, Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import { shareMoney } from '../../amount/arithmetic.ts'
import type { BrokerForm } from '../../events/interchange-types.ts'
import type { PartitionResult } from '../compute-partition.ts'
import type { RowChange } from '../conclude.ts'
import type { Law } from '../law.ts'
import { openPoint } from '../open-point.ts'
import { positionChoice } from '../positions.ts'
import type { YearFacts } from '../reduce.ts'
import type { BrokerFormStatus, DisposalRow } from '../result.ts'
import { disposalId } from '../result.ts'
import { formTerm, matchBrokerForms } from './broker-match.ts'

const CENT = 10n ** 16n

/** What forms and special assets change of the rows and the years. */
export interface RowReading {
  readonly entries: ReadonlyMap<DisposalRow, RowChange>
  readonly forms: readonly BrokerFormStatus[]
  readonly years: ReadonlyMap<number, YearFacts>
}

const NOTHING: RowReading = { entries: new Map(), forms: [], years: new Map() }

/** Reads the rows of the years before `until` against the brokers' forms, and marks collectibles. */
export function readRows(
  law: Law,
  results: readonly PartitionResult[],
  forms: readonly BrokerForm[],
  until: number,
): RowReading {
  const marksNfts = law.nfts.size > 0 && law.pack.positions?.some(({ id }) => id === 'P16') === true
  if ((forms.length === 0 && !marksNfts) || law.pack.boxes.length === 0) return NOTHING
  const rows: DisposalRow[] = []
  for (const { slices } of results) {
    for (const slice of slices.values()) {
      if (slice.year >= until) continue
      for (const row of slice.rows) {
        if (row.box !== null && row.taxable && (forms.length > 0 || law.nfts.has(row.asset))) rows.push(row)
      }
    }
  }
  const reader = new RowReader(law)
  matchBrokerForms(law, rows, forms).forEach((matched, index) => {
    reader.readForm(forms[index] as BrokerForm, index, matched, until)
  })
  if (marksNfts) for (const row of rows) reader.markCollectible(row)
  return reader
}

class RowReader implements RowReading {
  readonly entries = new Map<DisposalRow, RowChange>()
  readonly forms: BrokerFormStatus[] = []
  readonly years = new Map<number, YearFacts>()
  private readonly law: Law

  constructor(law: Law) {
    this.law = law
  }

  private factsOf(year: number): YearFacts {
    let facts = this.years.get(year)
    if (facts === undefined) {
      facts = { denied: { short: ZERO_MONEY, long: ZERO_MONEY }, collectible: ZERO_MONEY, open: [] }
      this.years.set(year, facts)
    }
    return facts
  }

  readForm(form: BrokerForm, index: number, rows: readonly DisposalRow[], until: number): void {
    const taxYear = Number(form.sold.slice(0, 4))
    if (taxYear >= until) return
    const proceeds = rows.reduce((sum, row) => sum + row.proceeds - row.fees, 0n) as Money
    const cost = rows.reduce((sum, row) => sum + row.cost, 0n) as Money
    const codes = new Set<string>()
    if (rows.length === 0) this.reportUnmatched(form, taxYear)
    else if (form.aggregate !== undefined) this.joinRows(form, index, rows)
    else this.enterRows(form, index, rows, codes)
    this.forms.push({
      form: index,
      status: statusOf(form, rows, codes),
      rows: rows.map(disposalId),
      taxYear,
      proceeds,
      cost,
    })
  }

  /** Each row by itself, the form's sums shared over them. */
  private enterRows(form: BrokerForm, index: number, rows: readonly DisposalRow[], codes: Set<string>): void {
    const reported = isReported(form)
    const proceeds = shared(form.proceeds, rows, (row) => row.proceeds - row.fees)
    const basis = form.basis === undefined ? null : shared(form.basis, rows, (row) => row.cost)
    const denied = form.washLoss === undefined ? null : shared(form.washLoss, rows, (row) => row.amount)
    const stated = formTerm(form)
    rows.forEach((row, i) => {
      const own = new Set<string>()
      const entered = proceeds[i] as Money
      const theirs = basis?.[i]
      let cost = row.cost
      let adjustment = 0n
      if (theirs !== undefined && distance(theirs, row.cost) >= CENT) {
        own.add('B')
        if (reported) {
          cost = theirs
          adjustment += theirs - row.cost
        }
      }
      const more = entered - (row.proceeds - row.fees)
      if (distance(entered, row.proceeds - row.fees) >= CENT) {
        const isFee = row.fees > 0n && distance(more, row.fees) < CENT
        own.add(isFee ? 'E' : 'O')
        adjustment -= more
        if (!isFee) this.reportProceeds(row, more as Money)
      }
      if (stated !== null && row.term !== null && stated !== row.term) own.add('T')
      const loss = denied?.[i] ?? ZERO_MONEY
      if (loss !== 0n) {
        own.add('W')
        adjustment += loss
        this.denyLoss(row, loss)
      }
      for (const code of own) codes.add(code)
      this.entries.set(row, {
        box: boxOf(row, reported),
        gain: (row.gain + loss) as Money,
        entry: {
          form: index,
          proceeds: entered,
          cost,
          adjustment: adjustment as Money,
          code: [...own].sort().join(''),
          joined: null,
          units: row.amount,
        },
      })
    })
  }

  /** An aggregate form is one line for each term, its rows in a statement of their own. */
  private joinRows(form: BrokerForm, index: number, rows: readonly DisposalRow[]): void {
    const reported = isReported(form)
    const terms = [rows.filter((row) => row.term !== 'long'), rows.filter((row) => row.term === 'long')]
    const lists = terms.filter((list) => list.length > 0)
    const net = (list: readonly DisposalRow[]): bigint => list.reduce((sum, row) => sum + row.proceeds - row.fees, 0n)
    const proceeds = shareMoney(form.proceeds, weights(lists.map(net)))
    lists.forEach((list, i) => {
      const entered = proceeds[i] as Money
      const more = entered - net(list)
      const differs = distance(entered, net(list)) >= CENT
      const fees = list.reduce((sum, row) => sum + row.fees, 0n)
      const isFee = fees > 0n && distance(more, fees) < CENT
      if (differs && !isFee) this.reportProceeds(list[0] as DisposalRow, more as Money)
      const codes = [...(differs ? [isFee ? 'E' : 'O'] : []), ...(list.length > 1 ? ['M'] : [])]
      const cost = list.reduce((sum, row) => sum + row.cost, 0n) as Money
      const units = list.reduce((sum, row) => sum + row.amount, 0n) as Amount
      list.forEach((row, part) => {
        this.entries.set(row, {
          box: boxOf(row, reported),
          gain: row.gain,
          entry: {
            form: index,
            proceeds: entered,
            cost,
            adjustment: (differs ? -more : 0n) as Money,
            code: codes.sort().join(''),
            joined: list.length === 1 ? null : part === 0 ? 'first' : 'other',
            units,
          },
        })
      })
    })
  }

  /** Proceeds that the tax office was told of and the books do not know. */
  private reportUnmatched(form: BrokerForm, taxYear: number): void {
    const least = form.basis === undefined || form.basis <= form.proceeds ? 0n : form.proceeds - form.basis
    this.factsOf(taxYear).open.push(
      openPoint(
        {
          code: 'broker-form-unmatched',
          asset: form.asset,
          account: form.account,
          amount: form.units,
          effect: { low: least as Money, high: form.proceeds },
          of: 'gain',
          detail: form.sold,
        },
        null,
        taxYear,
      ),
    )
  }

  /** The form's proceeds are entered, and brought to those of the books: which of them is right is open. */
  private reportProceeds(row: DisposalRow, more: Money): void {
    this.factsOf(row.taxYear).open.push(
      openPoint(
        {
          code: 'broker-proceeds-differ',
          asset: row.asset,
          ...(row.account === null ? {} : { account: row.account }),
          amount: row.amount,
          effect: { low: more < 0n ? more : ZERO_MONEY, high: more > 0n ? more : ZERO_MONEY },
          of: 'gain',
        },
        row.event,
        row.taxYear,
      ),
    )
  }

  /** Section 1091 reaches stock and securities: a form that denies a loss says that the token is one. */
  private denyLoss(row: DisposalRow, loss: Money): void {
    const facts = this.factsOf(row.taxYear)
    const term = row.term === 'long' ? 'long' : 'short'
    facts.denied[term] = (facts.denied[term] + loss) as Money
    facts.open.push(
      openPoint(
        {
          code: 'broker-wash-loss',
          asset: row.asset,
          ...(row.account === null ? {} : { account: row.account }),
          amount: row.amount,
          effect: { low: ZERO_MONEY, high: loss },
          counted: loss,
          of: 'gain',
        },
        row.event,
        row.taxYear,
      ),
    )
  }

  /** Code C: what is held long and stands for a collectible has a rate of its own. */
  markCollectible(row: DisposalRow): void {
    if (row.term !== 'long' || !this.law.nfts.has(row.asset)) return
    const about = { legs: [{ asset: row.asset, account: row.account }] }
    if (positionChoice(this.law.profile, 'P16', about, this.law.clock.dayAt(row.time)) === 'property') return
    const known = this.entries.get(row)
    const entry = known?.entry ?? {
      form: null,
      proceeds: (row.proceeds - row.fees) as Money,
      cost: row.cost,
      adjustment: (row.gain - row.rawGain) as Money,
      code: '',
      joined: null,
      units: row.amount,
    }
    const code = [...new Set([...entry.code, 'C'])].sort().join('')
    this.entries.set(row, { box: known?.box ?? row.box, gain: known?.gain ?? row.gain, entry: { ...entry, code } })
    const facts = this.factsOf(row.taxYear)
    facts.collectible = (facts.collectible + row.gain) as Money
  }
}

const isReported = (form: BrokerForm): boolean =>
  form.box === 'G' || form.box === 'J' ? true : form.box === 'H' || form.box === 'K' ? false : form.basisReported

const boxOf = (row: DisposalRow, reported: boolean): string =>
  row.term === 'long' ? (reported ? 'J' : 'K') : reported ? 'G' : 'H'

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)

const weights = (values: readonly bigint[]): readonly bigint[] =>
  values.every((value) => value >= 0n) && values.some((value) => value > 0n) ? values : values.map(() => 1n)

/** Shares a sum of the form over rows by what the books have, so that sums that agree agree row by row. */
const shared = (total: Money, rows: readonly DisposalRow[], weigh: (row: DisposalRow) => bigint): readonly Money[] =>
  rows.length === 1 ? [total] : shareMoney(total, weights(rows.map(weigh)))

function statusOf(
  form: BrokerForm,
  rows: readonly DisposalRow[],
  codes: ReadonlySet<string>,
): BrokerFormStatus['status'] {
  if (rows.length === 0) return 'unmatched'
  if (form.aggregate !== undefined) return 'aggregate'
  if (codes.has('B') && isReported(form)) return 'basis-differs'
  if (codes.has('E') || codes.has('O')) return 'proceeds-differs'
  if (codes.has('T')) return 'term-differs'
  return isReported(form) ? 'matched' : 'basis-missing'
}
