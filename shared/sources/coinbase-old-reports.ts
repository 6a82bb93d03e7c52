/** Coinbase's reports of the first years: transfers (purchases and sales of one coin) and transactions (one wallet). */
import type { Amount } from '../amount/amount.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { SourceId } from '../events/identifiers.ts'
import { amountIn, amountNeededIn, type CellProblem, isProblem, size, symbolIn, timeIn, unknownType } from './cells.ts'
import { COINBASE_IDENTITY } from './coinbase-layouts.ts'
import { Columns, cell, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKey, outcomeOfRepeated, RowIdentities } from './identity.ts'
import type { EventDraft, LegDraft, ReadContext, ReadSink, SourceRow, TableReader } from './source-format.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'

type Read = Pick<EventDraft, 'kind' | 'legs' | 'hash' | 'toAddress' | 'counterparty' | 'note' | 'sourceKind'>

/** Reads either report; `coin` is the coin that heads the third column of the transfers report. */
export function openCoinbaseReport(context: ReadContext, sink: ReadSink, coin: string | null): TableReader {
  const columns = new Columns(context.header)
  const isTransfers = context.layout === 'old transfers report'
  const identityAt = (COINBASE_IDENTITY[context.layout] ?? []).map((name) => columns.at(name))
  const identities = new RowIdentities(context.sha256)
  const resolve = assetResolver('coinbase' as SourceId)
  const idAt = isTransfers ? columns.at('ID') : -1
  const timeAt = columns.at('Timestamp')
  const headerCell = context.header.names[timeAt]
  const read = isTransfers ? transfersReader(context, columns, coin ?? '') : transactionsReader(context, columns)

  return {
    row({ row, cells }: SourceRow) {
      const id = cell(cells, idAt)
      const found = identities.byProviderOrText(id, cells, identityAt)
      const timeText = cell(cells, timeAt)
      if (timeText === headerCell && isHeaderAgain(cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity: found.identity, reason: HEADER_AGAIN })
      }
      const repeated = outcomeOfRepeated(row, found, 'transfer')
      if (repeated !== null) return sink.row(repeated)
      const { identity } = found
      const refuse = (problem: CellProblem) => sink.row({ row, outcome: 'not-understood', identity, ...problem })
      const time = timeIn(timeText, 'Timestamp', context, sink)
      if (isProblem(time)) return refuse(time)
      const event = read(cells, (symbol) => resolve({ symbol }, time.time).kind === 'fiat')
      if (isProblem(event)) return refuse(event)
      const group = id === '' ? identity : groupKey(id, context.sha256)
      sink.row({ row, outcome: 'event', identity, group })
      sink.event({
        group,
        time: time.time,
        precision: time.precision,
        timeText: detached(timeText),
        ...event,
        rows: [row],
      })
    },
    end() {},
  }
}

type RowReader = (cells: readonly string[], isFiat: (symbol: string) => boolean) => Read | CellProblem

/** A purchase or sale at the broker, with its fee. */
function brokered(
  isPurchase: boolean,
  coin: LegDraft,
  total: Amount,
  fee: Amount,
  currency: string,
  isFiat: boolean,
): Read | CellProblem {
  const gross = (isPurchase ? total - fee : total + fee) as Amount
  if (gross < 0n) return { reason: 'the fees are larger than the total', column: 'Fees' }
  const money: LegDraft = { role: isPurchase ? 'out' : 'in', asset: { symbol: currency }, amount: gross }
  const legs = isPurchase ? [money, coin] : [coin, money]
  if (fee !== 0n) legs.push({ role: 'fee', asset: { symbol: currency }, amount: fee, for: isPurchase ? 'out' : 'in' })
  return { kind: isPurchase ? tradeKind(isFiat, false) : tradeKind(false, isFiat), legs }
}

function transfersReader(context: ReadContext, columns: Columns, coin: string): RowReader {
  const at = {
    type: columns.at('Type'),
    amount: columns.at(coin),
    fees: columns.at('Fees'),
    total: columns.at('Total'),
    currency: columns.at('Currency'),
  }
  return (cells, isFiat) => {
    const type = cell(cells, at.type)
    const isPurchase = /^buy$/i.test(type)
    if (!isPurchase && !/^sell$/i.test(type)) return unknownType(type, 'Type')
    const amount = amountNeededIn(cell(cells, at.amount), coin, context.mark)
    const total = amountNeededIn(cell(cells, at.total), 'Total', context.mark)
    const fee = amountIn(cell(cells, at.fees), 'Fees', context.mark)
    const currency = symbolIn(cell(cells, at.currency), 'Currency')
    for (const value of [amount, total, fee, currency]) if (isProblem(value)) return value
    const leg: LegDraft = { role: isPurchase ? 'in' : 'out', asset: { symbol: coin }, amount: size(amount as Amount) }
    const symbol = detached(currency as string)
    const cost = size((fee ?? 0n) as Amount)
    const trade = brokered(isPurchase, leg, size(total as Amount), cost, symbol, isFiat(symbol))
    return 'reason' in trade ? trade : { ...trade, sourceKind: detached(type) }
  }
}

function transactionsReader(context: ReadContext, columns: Columns): RowReader {
  const at = {
    amount: columns.at('Amount'),
    currency: columns.at('Currency'),
    to: columns.at('To'),
    notes: columns.at('Notes'),
    total: columns.at('Transfer Total'),
    totalCurrency: columns.at('Transfer Total Currency'),
    fee: columns.at('Transfer Fee'),
    hash: context.header.names.length - 1,
  }
  return (cells, isFiat) => {
    const amount = amountNeededIn(cell(cells, at.amount), 'Amount', context.mark)
    const symbol = symbolIn(cell(cells, at.currency), 'Currency')
    const total = amountIn(cell(cells, at.total), 'Transfer Total', context.mark)
    const fee = amountIn(cell(cells, at.fee), 'Transfer Fee', context.mark)
    for (const value of [amount, symbol, total, fee]) if (isProblem(value)) return value
    const comesIn = (amount as Amount) >= 0n
    const coin: LegDraft = {
      role: comesIn ? 'in' : 'out',
      asset: { symbol: detached(symbol as string) },
      amount: size(amount as Amount),
    }
    const currency = detached(cell(cells, at.totalCurrency))
    const note = detached(cell(cells, at.notes))
    if (total !== null && currency !== '' && currency !== symbol) {
      const cost = size((fee ?? 0n) as Amount)
      const trade = brokered(comesIn, coin, size(total as Amount), cost, currency, isFiat(currency))
      return 'reason' in trade ? trade : { ...trade, note }
    }
    const to = detached(cell(cells, at.to))
    const hash = detached(cell(cells, at.hash))
    const money = isFiat(symbol as string)
    return {
      kind: comesIn ? depositKind(money) : withdrawalKind(money),
      legs: [coin],
      note,
      ...(/^[0-9a-fA-Fx]{40,}$/.test(hash) ? { hash } : {}),
      ...(to === '' ? {} : comesIn ? { counterparty: to } : { toAddress: to }),
    }
  }
}
