/**
 * A journal for hledger (and Ledger): every account and commodity declared, every entry balanced in each commodity, so
 * that strict mode accepts it; closing assertions repeat what the books hold.
 */
import { type Amount, MONEY_DIGITS } from '../amount/amount.ts'
import { formatAmount, formatDecimal } from '../amount/decimal.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import { type Books, type ExportedBooks, holdingsOf } from './books.ts'
import { journalOf, pricesByDay } from './journal-days.ts'
import { COUNTER_NAMES, type Place } from './journal-postings.ts'
import { oneLine, uniqueNames } from './unique-names.ts'

const accountPart = (wish: string): string => {
  const name = oneLine(wish.replace(/[:;{}"()[\]|*!=@]/g, ' '))
  return name === '' ? 'Account' : name
}

const symbolPart = (wish: string): string => {
  const name = oneLine(wish.replace(/[";]/g, ' '))
  return name === '' ? 'asset' : name
}

/** Letters stand alone; anything else is quoted. */
const commodity = (name: string): string => (/^\p{L}+$/u.test(name) ? name : `"${name}"`)

/** The whole books as one journal file. */
export function hledgerJournal(books: Books, fileName: string): ExportedBooks {
  const { entries, leftOut, decimals } = journalOf(books)
  const accounts = uniqueNames<AccountId>(
    books.accounts.map(({ id, name }) => [id, name]),
    accountPart,
  )
  const symbols = uniqueNames<AssetId>(
    books.assets.map(({ id, symbol }) => [id, symbol ?? id]),
    symbolPart,
  )
  const unit = (asset: AssetId): string => commodity(symbols.get(asset) ?? asset)
  const nameOf = (place: Place): string => {
    if (place.root === 'counter') return place.name
    const account = accounts.get(place.account) ?? place.account
    if (place.root === 'debt') return `Liabilities:Loans:${account}`
    return place.root === 'pledged' ? `Assets:Pledged:${account}` : `Assets:${account}`
  }

  const used = new Set<string>()
  const lines: string[] = []
  for (const { date, event, text, postings } of entries) {
    lines.push('', `${date} * ${text.replace(/[;|]/g, ',')}`)
    lines.push(
      `    ; event:${oneLine(event.id).replaceAll(',', ' ')}${event.hash === undefined ? '' : `, hash:${oneLine(event.hash).replaceAll(',', ' ')}`}`,
    )
    for (const { place, asset, amount } of postings) {
      const account = nameOf(place)
      used.add(account)
      lines.push(`    ${account}  ${formatAmount(amount)} ${unit(asset)}`)
    }
  }

  const closing: string[] = []
  const lastDay = entries[entries.length - 1]?.date
  for (const [account, held] of holdingsOf(books)) {
    const name = nameOf({ root: 'account', account })
    if (!used.has(name)) continue
    for (const [asset, amount] of held) {
      if (!decimals.has(asset)) continue
      closing.push(`    ${name}  0 ${unit(asset)} = ${formatAmount(amount as Amount)} ${unit(asset)}`)
    }
  }
  if (closing.length > 0) lines.push('', `${lastDay} * What the books hold`, ...closing)

  const head = ['decimal-mark .', '']
  for (const { id, kind, chain, contract } of books.assets) {
    const places = decimals.get(id)
    const priced = (id as string) === books.currency
    if (places === undefined && !priced) continue
    const name = unit(id)
    // What a name cannot say: the asset behind it.
    const behind = [id, kind, chain, contract].filter((part) => part !== undefined && part !== '').join(' ')
    head.push(
      `; ${name} is ${oneLine(behind)}`,
      `commodity ${name}`,
      `    format 1${`.${'0'.repeat(places ?? 2)}`} ${name}`,
    )
  }
  const prices = pricesByDay(books).filter(({ asset }) => decimals.has(asset))
  const currency = unit(books.currency as string as AssetId)
  if (!symbols.has(books.currency as string as AssetId)) {
    head.push(`commodity ${currency}`, `    format 1.00 ${currency}`)
  }
  head.push('')
  const declared = [...used].sort((a, b) => (a < b ? -1 : 1))
  for (const account of declared) head.push(`account ${account}`)
  for (const counter of COUNTER_NAMES) if (!used.has(counter)) head.push(`account ${counter}`)
  if (prices.length > 0) head.push('')
  for (const { date, asset, price } of prices) {
    head.push(`P ${date} ${unit(asset)} ${formatDecimal(price, MONEY_DIGITS)} ${currency}`)
  }
  return { files: [{ name: `${fileName}.journal`, text: `${[...head, ...lines].join('\n')}\n` }], leftOut }
}
