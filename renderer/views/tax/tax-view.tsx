import { Button, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import type { YearTotals } from '../../../shared/contract/tax.ts'
import { useRead } from '../../app/queries.ts'
import { goTo } from '../../app/screens.ts'
import { LOCALE, useTaxYear } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Money } from '../../components/figure.tsx'
import { Empty, Loaded, Page } from '../../components/page.tsx'
import { counted } from '../../components/words.ts'
import { CompareMethods } from './compare-methods.tsx'
import { Disposals } from './disposals.tsx'
import { Income } from './income.tsx'
import { Lots } from './lots.tsx'
import { OpenPoints } from './open-points.tsx'
import styles from './tax.module.css'
import { TAX_TOPICS } from './tax-topics.ts'

/** Totals per year under the profile's law; every figure opens its trace. */
export function TaxView() {
  const [year] = useTaxYear()
  const years = useRead({
    topics: TAX_TOPICS,
    name: 'tax.years',
    read: ({ engine }, signal) => engine.tax.years(undefined, { signal }),
    keep: true,
  })
  const countries = useRead({
    topics: [],
    name: 'session.jurisdictions',
    read: ({ engine }, signal) => engine.session.jurisdictions(undefined, { signal }),
  })
  const methodName = (id: string): string =>
    countries.data?.flatMap((country) => country.methods).find((method) => method.id === id)?.name ?? id
  return (
    <Page title="Tax">
      <Loaded of={years} waiting={<Text c="dimmed">Working out every year…</Text>}>
        {(data) => {
          const totals = data.years.find((each) => each.year === year)
          return data.years.length === 0 ? (
            <Empty
              title="Nothing to work out yet"
              action={<Button onClick={() => goTo('/read-in')}>Read in files</Button>}
            >
              Gains and income of each year appear here once events are read in.
            </Empty>
          ) : (
            <>
              {totals ? (
                <Headline totals={totals} currency={data.currency} />
              ) : (
                <Text c="dimmed" pb="md">
                  Nothing was disposed of or earned in {year}.
                </Text>
              )}
              <YearTable years={data.years} />
              <p className={styles.method}>
                {methodName(data.method)} · {data.currency} · engine {data.engine}. Figures are unrounded; forms round
                by their own rule.
              </p>
              <Parts year={year} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Headline({ totals, currency }: { readonly totals: YearTotals; readonly currency: string }) {
  const { year } = totals
  const facts: readonly (readonly [label: string, value: string | null, part: string, gain: boolean])[] = [
    ['Proceeds', totals.proceeds, 'proceeds', false],
    ['Cost basis', totals.cost, 'cost', false],
    ['Short term', totals.shortTerm, 'shortTerm', true],
    ['Long term', totals.longTerm, 'longTerm', true],
    ['Income', totals.income, 'income', false],
  ]
  const shown = [totals.gain, totals.shortTerm, totals.longTerm]
  const news = totals.lines.filter((line) => !shown.includes(line.amount))
  return (
    <div className={styles.head}>
      <div>
        <div className={styles.label}>
          Net {totals.gain.startsWith('-') ? 'loss' : 'gain'} of {totals.label}, {currency}
        </div>
        <div className={styles.main}>
          <Money value={totals.gain} gain trace={`total:${year}:gain`} label={`Net gain of ${totals.label}`} />
        </div>
      </div>
      <div className={styles.facts}>
        {facts.map(([label, value, part, gain]) =>
          value === null ? null : (
            <div key={part}>
              <div className={styles.label}>{label}</div>
              <Money value={value} gain={gain} trace={`total:${year}:${part}`} label={`${label} of ${totals.label}`} />
            </div>
          ),
        )}
        {news.map((line) => (
          <div key={line.ref}>
            <div className={styles.label}>{line.label}</div>
            <Money value={line.amount} trace={line.ref} label={line.label} />
          </div>
        ))}
        {totals.openPoints > 0 ? (
          <div>
            <div className={styles.label}>Open</div>
            <span className={styles.open}>{counted(totals.openPoints, 'point')}</span>
          </div>
        ) : null}
      </div>
    </div>
  )
}

function YearTable({ years }: { readonly years: readonly YearTotals[] }) {
  const [year, choose] = useTaxYear()
  const figure =
    (part: string, gain: boolean, value: (totals: YearTotals) => string | null) => (totals: YearTotals) => {
      const sum = value(totals)
      return sum === null ? (
        ''
      ) : (
        <Money value={sum} gain={gain} trace={`total:${totals.year}:${part}`} label={`${part} of ${totals.label}`} />
      )
    }
  return (
    <DataTable<YearTotals>
      label="Totals per year"
      columns={[
        {
          id: 'year',
          header: 'Year',
          cell: (totals) => (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-pressed={totals.year === year}
              onClick={() => choose(totals.year)}
              className={totals.year === year ? (styles.chosen ?? '') : ''}
            >
              {totals.label}
              {totals.filed ? ' · frozen' : ''}
            </Button>
          ),
        },
        {
          id: 'proceeds',
          header: 'Proceeds',
          align: 'right',
          cell: figure('proceeds', false, (totals) => totals.proceeds),
        },
        { id: 'cost', header: 'Cost basis', align: 'right', cell: figure('cost', false, (totals) => totals.cost) },
        { id: 'fees', header: 'Fees', align: 'right', cell: figure('fees', false, (totals) => totals.fees) },
        { id: 'gain', header: 'Net gain', align: 'right', cell: figure('gain', true, (totals) => totals.gain) },
        { id: 'income', header: 'Income', align: 'right', cell: figure('income', false, (totals) => totals.income) },
        { id: 'disposals', header: 'Disposals', align: 'right', cell: (totals) => countText(totals.disposals, LOCALE) },
        {
          id: 'open',
          header: 'Open',
          align: 'right',
          cell: (totals) =>
            totals.openPoints === 0 ? '' : <span className={styles.open}>{countText(totals.openPoints, LOCALE)}</span>,
        },
      ]}
      rows={years}
      rowKey={(totals) => String(totals.year)}
    />
  )
}

function Parts({ year }: { readonly year: number }) {
  const [tab, setTab] = useState<string | null>('disposals')
  return (
    <Tabs value={tab} onChange={setTab} className={styles.tabs ?? ''} keepMounted={false}>
      <Tabs.List aria-label="What the year is made of">
        <Tabs.Tab value="disposals">Disposals</Tabs.Tab>
        <Tabs.Tab value="income">Income</Tabs.Tab>
        <Tabs.Tab value="lots">Lots</Tabs.Tab>
        <Tabs.Tab value="open">Open points</Tabs.Tab>
        <Tabs.Tab value="compare">Compare methods</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="disposals">
        <Disposals key={year} year={year} />
      </Tabs.Panel>
      <Tabs.Panel value="income">
        <Income key={year} year={year} />
      </Tabs.Panel>
      <Tabs.Panel value="lots">
        <Lots />
      </Tabs.Panel>
      <Tabs.Panel value="open" pt="sm">
        <OpenPoints key={year} year={year} />
      </Tabs.Panel>
      <Tabs.Panel value="compare" pt="sm">
        <CompareMethods key={year} year={year} />
      </Tabs.Panel>
    </Tabs>
  )
}
