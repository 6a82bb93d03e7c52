import { useState } from 'react'
import type { ChangeoverAsset, ChangeoverLot } from '../../../shared/contract/tax-changeover.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText, signOf } from '../../components/decimal-text.ts'
import { Money, Units } from '../../components/figure.tsx'
import { civilText } from '../../components/time-text.ts'
import styles from './changeover.module.css'
import { datesInWords } from './tax-words.ts'

const SHOWN = 100

/** What was unused, asset by asset; a row opens with its accounts and lots. */
export function ChangeoverAssets({
  assets,
  currency,
}: {
  readonly assets: readonly ChangeoverAsset[]
  readonly currency: string
}) {
  const [opened, setOpened] = useState<string | null>(null)
  return (
    <DataTable<ChangeoverAsset>
      label="Unused basis by asset"
      columns={[
        {
          id: 'asset',
          header: 'Asset',
          cell: (each) => (
            <button
              type="button"
              className={styles.opener}
              aria-expanded={opened === each.asset}
              onClick={(event) => {
                event.stopPropagation()
                setOpened(opened === each.asset ? null : each.asset)
              }}
            >
              {each.symbol}
            </button>
          ),
        },
        { id: 'units', header: 'Units held', align: 'right', cell: (each) => <Units value={each.units} aligned /> },
        { id: 'cost', header: `Cost, ${currency}`, align: 'right', cell: (each) => <Money value={each.cost} /> },
        { id: 'accounts', header: 'Accounts', align: 'right', cell: (each) => countText(each.accounts.length, LOCALE) },
        { id: 'lots', header: 'Lots', align: 'right', cell: (each) => countText(each.lots.length, LOCALE) },
        { id: 'plan', header: 'Divided', cell: planWords },
        {
          id: 'until',
          header: 'Lot by lot until',
          cell: (each) => (
            <span className={each.locked === null ? '' : styles.over}>{civilText(each.deadlines.specific)}</span>
          ),
        },
        { id: 'rule', header: 'By a rule until', cell: (each) => civilText(each.deadlines.global) },
      ]}
      rows={assets}
      rowKey={(each) => each.asset}
      opened={opened}
      onOpen={setOpened}
      ownOpener
      inside={(each) => <Inside of={each} currency={currency} />}
    />
  )
}

function planWords({ plan }: ChangeoverAsset): string {
  if (plan === 'none') return 'as it lies'
  return plan === 'specific' ? 'lot by lot' : 'by a rule'
}

function Inside({ of, currency }: { readonly of: ChangeoverAsset; readonly currency: string }) {
  return (
    <div className={styles.inside}>
      {of.locked === null ? null : <p className={styles.over}>{datesInWords(of.locked)}</p>}
      {signOf(of.withoutBasis) === 'zero' ? null : (
        <p className={styles.over}>
          <Units value={of.withoutBasis} symbol={of.symbol} /> are held without any basis: where they came from is not
          known.
        </p>
      )}
      <DataTable
        label={`${of.symbol} by account`}
        columns={[
          { id: 'account', header: 'Account', cell: (each) => each.accountName },
          { id: 'units', header: 'Units there', align: 'right', cell: (each) => <Units value={each.units} aligned /> },
          {
            id: 'basis',
            header: 'Units of lots that lay there',
            align: 'right',
            cell: (each) => <Units value={each.basisUnits} aligned />,
          },
        ]}
        rows={of.accounts}
        rowKey={(each) => each.account}
      />
      <LotTable label={`Where the lots of ${of.symbol} end up`} lots={of.result} currency={currency} />
    </div>
  )
}

function LotTable({
  label,
  lots,
  currency,
}: {
  readonly label: string
  readonly lots: readonly ChangeoverLot[]
  readonly currency: string
}) {
  const [limit, setLimit] = useState(SHOWN)
  return (
    <DataTable<ChangeoverLot>
      label={label}
      columns={[
        { id: 'account', header: 'Ends up in', cell: (lot) => lot.accountName },
        {
          id: 'acquired',
          header: 'Acquired',
          cell: (lot) => (lot.acquired === null ? 'not known' : civilText(lot.acquired)),
        },
        { id: 'amount', header: 'Amount', align: 'right', cell: (lot) => <Units value={lot.amount} aligned /> },
        {
          id: 'cost',
          header: `Cost, ${currency}`,
          align: 'right',
          cell: (lot) => <Money value={lot.cost} trace={lot.ref} label="Cost of the lot" />,
        },
      ]}
      rows={lots.slice(0, limit)}
      rowKey={(lot) => `${lot.lot} ${lot.account} ${lot.amount} ${lots.indexOf(lot)}`}
      more={
        lots.length > limit ? (
          <button type="button" className={styles.opener} onClick={() => setLimit(limit + SHOWN * 4)}>
            Show more of {countText(lots.length, LOCALE)}
          </button>
        ) : undefined
      }
    />
  )
}
