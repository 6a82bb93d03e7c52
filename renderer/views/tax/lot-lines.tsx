import { Button, Select, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ChangeoverAsset } from '../../../shared/contract/tax-changeover.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { compareDecimals, parseTyped, sumDecimals } from '../../components/decimal-text.ts'
import { Units } from '../../components/figure.tsx'
import { Pager } from '../../components/pager.tsx'
import { civilText } from '../../components/time-text.ts'
import styles from './changeover.module.css'
import type { PlanLine } from './plan-lines.ts'

const PAGE = 20

interface LotLinesProps {
  readonly asset: ChangeoverAsset
  readonly lines: readonly PlanLine[]
  readonly onChange: (lines: readonly PlanLine[]) => void
  readonly onSplit: (key: string) => void
}

/** The plan lot by lot, to be edited: which account gets which part; below, whether each account gets what it holds. */
export function LotLines({ asset, lines, onChange, onSplit }: LotLinesProps) {
  const [page, setPage] = useState(1)
  const set = (key: string, next: Partial<PlanLine>): void =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...next } : line)))
  const accounts = asset.accounts.map((each) => ({ value: each.account, label: each.accountName }))
  return (
    <>
      <DataTable<PlanLine>
        label={`Lots of ${asset.symbol} and where they go`}
        columns={[
          {
            id: 'acquired',
            header: 'Acquired',
            cell: (line) => (line.acquired === null ? 'not known' : civilText(line.acquired)),
          },
          {
            id: 'amount',
            header: asset.symbol,
            wrap: true,
            cell: (line) => (
              <TextInput
                aria-label={`Amount of the lot of ${line.acquired ?? 'a day not known'}`}
                size="xs"
                w={180}
                value={line.text}
                inputMode="decimal"
                error={line.amount === null}
                onChange={(event) => {
                  const text = event.currentTarget.value
                  set(line.key, { text, amount: parseTyped(text, LOCALE) })
                }}
              />
            ),
          },
          {
            id: 'account',
            header: 'Goes to',
            cell: (line) => (
              <Select
                aria-label={`Account for the lot of ${line.acquired ?? 'a day not known'}`}
                size="xs"
                w={180}
                data={accounts}
                value={line.account}
                onChange={(account) => account !== null && set(line.key, { account })}
              />
            ),
          },
          {
            id: 'split',
            header: '',
            align: 'right',
            cell: (line) => (
              <>
                <Button variant="default" size="compact-xs" onClick={() => onSplit(line.key)}>
                  Split
                </Button>{' '}
                {line.added ? (
                  <Button
                    variant="default"
                    size="compact-xs"
                    onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
                  >
                    Remove
                  </Button>
                ) : null}
              </>
            ),
          },
        ]}
        rows={lines.slice((page - 1) * PAGE, page * PAGE)}
        rowKey={(line) => line.key}
        more={<Pager total={lines.length} page={page} size={PAGE} one="line" onPage={setPage} />}
      />
      <ul className={styles.balance} aria-label="What each account gets">
        {asset.accounts.map(({ account, accountName, units }) => {
          const given = sumDecimals(lines.flatMap((line) => (line.account === account ? [line.amount ?? '0'] : [])))
          const even = compareDecimals(given, units) === 0
          return (
            <li key={account}>
              <Text component="span" fw={500}>
                {accountName}
              </Text>{' '}
              gets <Units value={given} /> of <Units value={units} symbol={asset.symbol} />
              <span className={even ? styles.possible : styles.over}>{even ? ' · equal' : ' · not equal'}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
