import { Button, Tabs, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { goTo } from '../../app/screens.ts'
import { useTaxYear } from '../../app/session.ts'
import { Empty, Loaded } from '../../components/page.tsx'
import { AllYears } from './all-years.tsx'
import { Disposals } from './disposals.tsx'
import { Income } from './income.tsx'
import { Lots } from './lots.tsx'
import { OpenPoints } from './open-points.tsx'
import styles from './tax.module.css'
import { TaxPage } from './tax-frame.tsx'
import { useYears } from './tax-reads.ts'
import { YearHead } from './year-head.tsx'
import { YearSums } from './year-sums.tsx'

/** One year under the profile's law: its law, its sums and what they are made of; every figure opens its trace. */
export function TaxView() {
  const [year] = useTaxYear()
  const years = useYears()
  return (
    <TaxPage title="Tax">
      <Loaded of={years} waiting={<Text c="dimmed">Working out every year…</Text>}>
        {(data) => {
          if (data.years.length === 0 && data.blocked.length === 0)
            return (
              <Empty
                title="Nothing to work out yet"
                action={<Button onClick={() => goTo('/read-in')}>Read in files</Button>}
              >
                Gains and income of each year appear here once events are read in.
              </Empty>
            )
          const totals = data.years.find((each) => each.year === year)
          return (
            <>
              <YearHead of={data} year={year} />
              {totals ? <Parts year={year} sums={<YearSums totals={totals} />} of={data} /> : <AllYears of={data} />}
            </>
          )
        }}
      </Loaded>
    </TaxPage>
  )
}

interface PartsProps {
  readonly year: number
  readonly sums: ReactNode
  readonly of: Parameters<typeof AllYears>[0]['of']
}

function Parts({ year, sums, of }: PartsProps) {
  const [tab, setTab] = useState<string | null>('sums')
  return (
    <Tabs value={tab} onChange={setTab} className={styles.tabs ?? ''} keepMounted={false}>
      <Tabs.List aria-label="What the year is made of">
        <Tabs.Tab value="sums">How it adds up</Tabs.Tab>
        <Tabs.Tab value="disposals">Disposals</Tabs.Tab>
        <Tabs.Tab value="income">Income</Tabs.Tab>
        <Tabs.Tab value="lots">Lots</Tabs.Tab>
        <Tabs.Tab value="open">Open points</Tabs.Tab>
        <Tabs.Tab value="years">All years</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="sums" pt="md">
        {sums}
      </Tabs.Panel>
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
      <Tabs.Panel value="years" pt="md">
        <AllYears of={of} />
      </Tabs.Panel>
    </Tabs>
  )
}
