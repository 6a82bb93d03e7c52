import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { OpenPoint } from '../../../shared/contract/tax.ts'
import { useRead } from '../../app/queries.ts'
import { goTo } from '../../app/screens.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { boundsText } from '../../components/effect.ts'
import { Figure, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { showInLedger } from '../ledger/ledger-filter.ts'
import styles from './tax.module.css'
import { TAX_TOPICS } from './tax-topics.ts'

const PAGE = 50

/** What is not settled, with both outcomes: nothing is dropped, and nothing becomes zero unseen. */
export function OpenPoints({ year }: { readonly year: number }) {
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<string | null>(null)
  const points = useRead({
    topics: TAX_TOPICS,
    name: 'tax.open',
    input: { year, page },
    read: ({ engine }, signal) => engine.tax.open({ year, offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  return (
    <Loaded of={points} waiting={<Text c="dimmed">Looking for open points…</Text>}>
      {(data) =>
        data.total === 0 ? (
          <Text c="dimmed">No open points in {year}.</Text>
        ) : (
          <>
            <YearBounds year={year} />
            <DataTable<OpenPoint>
              label="Open points"
              columns={[
                { id: 'title', header: 'What', wrap: true, cell: (point) => point.title },
                {
                  id: 'amount',
                  header: 'Amount',
                  align: 'right',
                  cell: (point) =>
                    point.amount === null ? (
                      (point.symbol ?? '')
                    ) : point.event === null ? (
                      <Units value={point.amount} symbol={point.symbol ?? ''} />
                    ) : (
                      <Figure
                        trace={`event:${point.event}`}
                        label={point.title}
                        title={`${point.amount} ${point.symbol ?? ''}`}
                      >
                        <Units value={point.amount} symbol={point.symbol ?? ''} />
                      </Figure>
                    ),
                },
                {
                  id: 'effect',
                  header: 'Effect on the gain',
                  align: 'right',
                  cell: (point) => boundsText(point.effect, LOCALE),
                },
              ]}
              rows={data.rows}
              rowKey={(point) => point.id}
              opened={opened}
              onOpen={setOpened}
              inside={(point) => <Explained point={point} />}
              more={<Pager total={data.total} page={page} size={PAGE} one="open point" onPage={setPage} />}
            />
          </>
        )
      }
    </Loaded>
  )
}

/** Where the year's gain can end up. The engine's own bounds: points that hang on one movement are not added up. */
function YearBounds({ year }: { readonly year: number }) {
  const years = useRead({
    topics: TAX_TOPICS,
    name: 'tax.years',
    read: ({ engine }, signal) => engine.tax.years(undefined, { signal }),
  })
  const totals = years.data?.years.find((one) => one.year === year)
  if (totals === undefined) return null
  return (
    <Text pb="sm">
      Left open, they put the year’s gain <span className={styles.open}>{boundsText(totals, LOCALE)}</span>.
    </Text>
  )
}

function Explained({ point }: { readonly point: OpenPoint }) {
  return (
    <>
      <Text maw={720}>{point.text}</Text>
      {point.event === null ? null : (
        <Button
          mt="xs"
          variant="default"
          onClick={() => {
            showInLedger({ attention: true, ...(point.asset ? { asset: point.asset } : {}) })
            goTo('/ledger')
          }}
        >
          Decide in the Ledger
        </Button>
      )}
    </>
  )
}
