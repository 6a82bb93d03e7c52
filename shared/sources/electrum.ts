/**
 * Electrum's history, four ages, and its forks for other coins. Facts:
 * - The value is signed and is what the wallet as a whole won or lost: the fee of a payment is inside. Nothing but the fee: a
 *   payment to oneself. Since Lightning, amounts on chain and in channels stand in columns of their own, the fee in satoshi.
 * - Times are the machine's own clock, by the minute: asked. An unconfirmed row has none.
 * - Amounts follow the unit of the user's settings, which the file does not name: more coins than there can be are refused.
 * - No column names the coin: bitcoin, or what the name of the file says (ltc, dash, bch …). The same seed opened as two wallets
 *   gives the same rows.
 */
import type { SourceId } from '../events/identifiers.ts'
import { addFact } from './facts.ts'
import { feeLegs, leg, type Meaning } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { wordTable } from './word-table.ts'

const AMOUNT_ONE = 10n ** 24n
const MOST_BITCOINS = 21_000_000n * AMOUNT_ONE
const SATS = 100_000_000n
const COINS: Readonly<Record<string, string>> = wordTable({
  ltc: 'LTC',
  dash: 'DASH',
  bch: 'BCH',
  cash: 'BCH',
  grs: 'GRS',
  vtc: 'VTC',
  btg: 'BTG',
  zcl: 'ZCL',
})

/** The coin of a fork that stands in the file's name; bitcoin otherwise. */
function coinIn(fileName: string): string {
  for (const word of fileName.toLowerCase().split(/[^a-z]+/)) {
    const coin = COINS[word]
    if (coin !== undefined) return coin
  }
  return 'BTC'
}

const isUnconfirmed = (text: string): boolean => text === '' || /^unconf/i.test(text)

function open({ column, context }: OpenTable): RowReader {
  const coin = coinIn(context.fileName)
  const at = {
    hash: column('transaction_hash', 'oc_transaction_hash'),
    label: column('label'),
    value: column('value'),
    chain: column('amount_chain_bc'),
    lightning: column('amount_lightning_bc'),
    fee: column('fee'),
    feeInSats: column('network_fee_satoshi'),
    time: column('timestamp'),
  }

  const moved = (value: bigint, charged: bigint): Meaning => {
    if (value >= 0n) return { kind: 'unmatched_in', legs: [leg('in', coin, value)] }
    const fee = charged > -value ? -value : charged
    const sent = -value - fee
    if (sent === 0n) return { kind: 'network_fee', legs: feeLegs(coin, fee) }
    return { kind: 'unmatched_out', legs: [leg('out', coin, sent), ...feeLegs(coin, fee, 'out')] }
  }

  const checked = (row: RowCursor, amount: bigint, column: Column): bigint => {
    if (coin === 'BTC' && (amount > MOST_BITCOINS || amount < -MOST_BITCOINS))
      row.fail('there are not so many bitcoins; set Electrum’s unit to BTC and export again', column)
    return amount
  }

  return {
    read(row): Verdict {
      if (isUnconfirmed(row.text(at.time))) return { skip: 'it was not confirmed when the file was made' }
      const value =
        at.value.at >= 0
          ? checked(row, row.needed(at.value), at.value)
          : checked(row, row.amount(at.chain), at.chain) + checked(row, row.amount(at.lightning), at.lightning)
      const charged = at.feeInSats.at >= 0 ? row.size(at.feeInSats) / SATS : row.size(at.fee)
      const made: Writable<Meaning> = moved(value, charged)
      addFact(made, 'hash', row.text(at.hash))
      addFact(made, 'note', row.text(at.label))
      return made
    },
  }
}

export const electrum = tableSource({
  id: 'electrum' as SourceId,
  name: 'Electrum history',
  venue: 'Electrum',
  version: 1,
  account: { name: 'Electrum', kind: 'wallet' },
  zone: 'ask',
  howToGet: 'Electrum: History → Export, CSV; unit BTC in the settings.',
  layouts: [
    {
      layout: 'history',
      required: ['transaction_hash', 'label', 'value', 'timestamp'],
      optional: ['confirmations', 'fiat_value', 'fee', 'fiat_fee'],
      identity: ['transaction_hash', 'value'],
      time: ['timestamp'],
      open,
    },
    {
      layout: 'history with Lightning',
      required: [
        'oc_transaction_hash',
        'ln_payment_hash',
        'label',
        'amount_chain_bc',
        'amount_lightning_bc',
        'timestamp',
      ],
      optional: ['confirmations', 'fiat_value', 'network_fee_satoshi', 'fiat_fee'],
      tag: 'lightning',
      identity: ['oc_transaction_hash', 'ln_payment_hash', 'amount_chain_bc', 'amount_lightning_bc'],
      time: ['timestamp'],
      open,
    },
  ],
})
