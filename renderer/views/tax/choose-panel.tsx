import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { YearUnder } from '../../../shared/contract/tax-choices.ts'
import { DataTable } from '../../components/data-table.tsx'
import { subtractDecimals } from '../../components/decimal-text.ts'
import { Difference } from '../../components/difference.tsx'
import { Money } from '../../components/figure.tsx'
import styles from './compare.module.css'

interface ChoosePanelProps {
  readonly name: string
  readonly now: readonly YearUnder[]
  readonly then: readonly YearUnder[]
  readonly currency: string
  readonly says: string
  /** Another currency: figures stand beside each other without a difference. */
  readonly apart?: string
  /** Gives whether it was done. */
  readonly onChoose: () => Promise<boolean>
  readonly onClose: () => void
}

/** What choosing does, year by year, and the button that does it. */
export function ChoosePanel({ name, now, then, currency, says, apart, onChoose, onClose }: ChoosePanelProps) {
  const [busy, setBusy] = useState(false)
  const choose = async (): Promise<void> => {
    setBusy(true)
    const done = await onChoose()
    setBusy(false)
    if (done) onClose()
  }
  return (
    <section aria-label={`Choose ${name}`} className={styles.panel}>
      <Text maw={720}>{says}</Text>
      <DataTable<YearUnder>
        label={`What choosing ${name} does`}
        columns={[
          { id: 'year', header: 'Year', cell: (cell) => cell.label },
          {
            id: 'now',
            header: `Taxable gain now, ${apart ?? currency}`,
            align: 'right',
            cell: (cell) => {
              const before = now.find((each) => each.year === cell.year)
              return before === undefined ? '' : <Money value={before.taxable} />
            },
          },
          {
            id: 'then',
            header: `then, ${currency}`,
            align: 'right',
            cell: (cell) => <Money value={cell.taxable} />,
          },
          ...(apart === undefined
            ? [
                {
                  id: 'difference',
                  header: 'Difference',
                  align: 'right' as const,
                  cell: (cell: YearUnder) => {
                    const before = now.find((each) => each.year === cell.year)
                    return before === undefined ? (
                      ''
                    ) : (
                      <Difference value={subtractDecimals(cell.taxable, before.taxable)} />
                    )
                  },
                },
              ]
            : []),
        ]}
        rows={then}
        rowKey={(cell) => String(cell.year)}
      />
      <div className={styles.acts}>
        <Button variant="default" onClick={onClose}>
          Not now
        </Button>
        <Button loading={busy} onClick={() => void choose()}>
          Choose {name}
        </Button>
      </div>
    </section>
  )
}
