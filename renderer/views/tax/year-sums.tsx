import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { YearTotals } from '../../../shared/contract/tax.ts'
import { goTo } from '../../app/screens.ts'
import { signOf } from '../../components/decimal-text.ts'
import { Money } from '../../components/figure.tsx'
import { counted } from '../../components/words.ts'
import styles from './tax.module.css'
import { useCountries, useFacts } from './tax-reads.ts'
import { plainWords } from './tax-words.ts'

/** How the year comes to its result, line by line, and where the open points can still take it. */
export function YearSums({ totals }: { readonly totals: YearTotals }) {
  return (
    <div className={styles.sums}>
      <Statement totals={totals} />
      <div className={styles.side}>
        <WithAndWithout totals={totals} />
        <Lines title="Carried to later years" lines={totals.carryOut} />
        <Lines title="Lines of the return" lines={totals.lines} />
      </div>
    </div>
  )
}

type Part = 'main' | 'of' | 'sum'
interface Line {
  readonly label: string
  readonly field: keyof YearTotals
  readonly value: string | null
  readonly part: Part
  readonly gain?: boolean
  /** Shown even where it is nothing. */
  readonly always?: boolean
}

function statementOf(totals: YearTotals): readonly Line[] {
  return [
    {
      label: `Proceeds of ${counted(totals.disposals, 'disposal')}`,
      field: 'proceeds',
      value: totals.proceeds,
      part: 'main',
      always: true,
    },
    { label: 'Cost basis', field: 'cost', value: totals.cost, part: 'main', always: true },
    { label: 'Fees', field: 'fees', value: totals.fees, part: 'main', always: true },
    { label: 'Gains', field: 'gains', value: totals.gains, part: 'main', always: true },
    { label: 'Losses', field: 'losses', value: totals.losses, part: 'main', always: true },
    {
      label: totals.gain.startsWith('-') ? 'Net loss' : 'Net gain',
      field: 'gain',
      value: totals.gain,
      part: 'sum',
      gain: true,
      always: true,
    },
    { label: 'of it short term', field: 'shortTerm', value: totals.shortTerm, part: 'of', gain: true },
    { label: 'of it long term', field: 'longTerm', value: totals.longTerm, part: 'of', gain: true },
    { label: 'Exempt', field: 'exempt', value: totals.exempt, part: 'main', gain: true },
    { label: 'Losses denied', field: 'denied', value: totals.denied, part: 'main' },
    { label: 'Discount', field: 'discount', value: totals.discount, part: 'main' },
    { label: 'Allowance used', field: 'allowance', value: totals.allowance, part: 'main' },
    { label: 'Net loss that counts against other income', field: 'deduction', value: totals.deduction, part: 'main' },
    { label: 'Taxable gain', field: 'taxable', value: totals.taxable, part: 'sum', always: true },
  ]
}

function Statement({ totals }: { readonly totals: YearTotals }) {
  const { year, label } = totals
  const trace = (field: string): string => `total:${year}:${field}`
  return (
    <section className={styles.statement} aria-label={`How ${label} adds up`}>
      <table>
        <tbody>
          {statementOf(totals)
            .filter((line) => line.value !== null && (line.always || signOf(line.value) !== 'zero'))
            .map((line) => (
              <tr key={line.field} data-part={line.part}>
                <th scope="row">{line.label}</th>
                <td>
                  <Money
                    value={line.value ?? '0'}
                    gain={line.gain ?? false}
                    trace={trace(line.field)}
                    label={`${line.label}, ${label}`}
                  />
                </td>
              </tr>
            ))}
          <tr data-part="sum">
            <th scope="row">Income</th>
            <td>
              <Money value={totals.income} trace={trace('income')} label={`Income, ${label}`} />
            </td>
          </tr>
          {totals.heads.map((head) => (
            <tr key={head.head} data-part="of">
              <th scope="row">{plainWords(head.head)}</th>
              <td>
                <Money value={head.value} trace={head.ref} label={`${plainWords(head.head)}, ${label}`} />
              </td>
            </tr>
          ))}
          {totals.incomeTaxable === totals.income ? null : (
            <tr data-part="main">
              <th scope="row">Taxable income</th>
              <td>
                <Money value={totals.incomeTaxable} trace={trace('incomeTaxable')} label={`Taxable income, ${label}`} />
              </td>
            </tr>
          )}
          <tr data-part="sum">
            <th scope="row">Tax</th>
            <td>
              {totals.tax === null ? (
                <NoTax year={year} jurisdiction={totals.jurisdiction} />
              ) : (
                <Money value={totals.tax} trace={trace('tax')} label={`Tax, ${label}`} />
              )}
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}

interface NoTaxProps {
  readonly year: number
  readonly jurisdiction: string
}

/** Why there is no sum of tax: facts that are missing, or rates that hang on the rest of the return. */
function NoTax({ year, jurisdiction }: NoTaxProps) {
  const facts = useFacts()
  const countries = useCountries()
  const asked = countries.data?.find((each) => each.code === jurisdiction)?.facts ?? []
  const known = facts.data?.person.find((each) => each.year === year)
  const missing = asked.filter(({ id }) => known === undefined || known.missing.includes(id))
  if (jurisdiction === 'none') return <span className={styles.why}>not worked out: no country’s rules</span>
  return (
    <span className={styles.why}>
      not worked out: the rates hang on the rest of your return
      {missing.length === 0 ? null : (
        <>
          {' '}
          <Button variant="subtle" size="compact-xs" onClick={() => goTo('/tax/you')}>
            {counted(missing.length, 'fact')} about you missing
          </Button>
        </>
      )}
    </span>
  )
}

/** The year with what open points count for meanwhile, without it, and settled either way. */
function WithAndWithout({ totals }: { readonly totals: YearTotals }) {
  if (totals.openPoints === 0)
    return <p className={styles.code}>No open points in {totals.label}: the figures are what they are.</p>
  const { year, label } = totals
  const rows: readonly (readonly [
    name: string,
    gain: string | null,
    income: string | null,
    of: string,
    ofIncome: string,
  ])[] = [
    ['As it stands', totals.gain, totals.income, 'gain', 'income'],
    [
      'Without the open points',
      totals.withoutOpen.gain,
      totals.withoutOpen.income,
      'withoutOpen.gain',
      'withoutOpen.income',
    ],
    ['At least', totals.low, totals.incomeLow, 'low', 'incomeLow'],
    ['At most', totals.high, totals.incomeHigh, 'high', 'incomeHigh'],
  ]
  const cell = (value: string | null, field: string, name: string, gain: boolean): ReactNode =>
    value === null ? (
      <span className={styles.open}>not known</span>
    ) : (
      <Money value={value} gain={gain} trace={`total:${year}:${field}`} label={`${name}, ${label}`} />
    )
  return (
    <section className={styles.statement} aria-label={`${label} with and without its open points`}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className={styles.open}>{counted(totals.openPoints, 'open point')}</span>
            </th>
            <th scope="col">Net gain</th>
            <th scope="col">Income</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, gain, income, of, ofIncome]) => (
            <tr key={name} data-part="main">
              <th scope="row">{name}</th>
              <td>{cell(gain, of, `Net gain, ${name.toLowerCase()}`, true)}</td>
              <td>{cell(income, ofIncome, `Income, ${name.toLowerCase()}`, false)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface LinesProps {
  readonly title: string
  readonly lines: readonly { readonly label: string; readonly amount: string; readonly ref: string }[]
}

function Lines({ title, lines }: LinesProps) {
  if (lines.length === 0) return null
  return (
    <section className={styles.statement} aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {title}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.ref} data-part="main">
              <th scope="row">{line.label}</th>
              <td>
                <Money value={line.amount} trace={line.ref} label={line.label} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
