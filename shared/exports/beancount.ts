/**
 * A journal for Beancount: every account opened, every commodity declared, every entry balanced in each commodity, and
 * `balance` lines on the day after the last one that repeat what the books hold.
 */
import { type Amount, MONEY_DIGITS } from '../amount/amount.ts'
import { formatAmount, formatDecimal } from '../amount/decimal.ts'
import { addDays } from '../events/civil-date.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import { type Books, type ExportedBooks, holdingsOf } from './books.ts'
import { journalOf, pricesByDay } from './journal-days.ts'
import type { Place } from './journal-postings.ts'
import { oneLine, uniqueNames } from './unique-names.ts'

const LONGEST_COMMODITY = 24
/** Words that Beancount reads as values. */
const RESERVED = new Set(['TRUE', 'FALSE', 'NULL'])

/** A part of an account name: a capital or a digit first, then letters, digits and hyphens. */
const accountPart = (wish: string): string => {
  const plain = wish
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'Account' : `${plain[0]?.toUpperCase()}${plain.slice(1)}`
}

/** A commodity of Beancount: capitals, digits and `'._-`, from 2 to 24 characters, a capital first, no mark last. */
const commodityName = (wish: string): string => {
  let name = wish.toUpperCase().replace(/[^A-Z0-9'._-]+/g, '-')
  if (!/^[A-Z]/.test(name)) name = `X${name}`
  name = name.slice(0, LONGEST_COMMODITY).replace(/['._-]+$/, '')
  if (name.length < 2 || RESERVED.has(name)) name = `${name}X`
  return name
}

const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** The numbers that Beancount adds up have 28 digits: what is longer it adds up within its last ones. */
const EXACT_DIGITS = 26

/** Assets whose sums can be too long for Beancount to make to the last digit, and what such a sum may be off by. */
function tolerances(amounts: Iterable<readonly [AssetId, Amount]>): Map<AssetId, string> {
  const longest = new Map<AssetId, { whole: number; decimals: number }>()
  for (const [asset, amount] of amounts) {
    const [whole = '', decimals = ''] = formatAmount(amount < 0n ? (-amount as Amount) : amount).split('.')
    const known = longest.get(asset)
    longest.set(asset, {
      whole: Math.max(whole.length, known?.whole ?? 0),
      decimals: Math.max(decimals.length, known?.decimals ?? 0),
    })
  }
  const found = new Map<AssetId, string>()
  for (const [asset, { whole, decimals }] of longest) {
    if (whole + decimals > EXACT_DIGITS) found.set(asset, powerOfTen(whole - EXACT_DIGITS))
  }
  return found
}

const powerOfTen = (power: number): string => (power < 0 ? `0.${'0'.repeat(-power - 1)}1` : `1${'0'.repeat(power)}`)

/** The whole books as one Beancount file. */
export function beancountJournal(books: Books, fileName: string): ExportedBooks {
  const { entries, leftOut, decimals } = journalOf(books)
  const accounts = uniqueNames<AccountId>(
    books.accounts.map(({ id, name }) => [id, name]),
    accountPart,
  )
  const currencyId = books.currency as string as AssetId
  const listed = books.assets.some(({ id }) => id === currencyId)
  const symbols = uniqueNames<AssetId>(
    [
      ...(listed ? [] : [[currencyId, books.currency as string] as const]),
      ...books.assets.map(({ id, symbol }) => [id, symbol ?? id] as const),
    ],
    commodityName,
    LONGEST_COMMODITY,
  )
  const unit = (asset: AssetId): string => symbols.get(asset) ?? commodityName(asset)
  const nameOf = (place: Place): string => {
    if (place.root === 'counter') return place.name
    const account = accounts.get(place.account) ?? accountPart(place.account)
    if (place.root === 'debt') return `Liabilities:Loans:${account}`
    return place.root === 'pledged' ? `Assets:Pledged:${account}` : `Assets:Held:${account}`
  }

  const inexact = tolerances(
    entries.flatMap(({ postings }) => postings.map(({ asset, amount }) => [asset, amount] as const)),
  )
  const opened = new Set<string>()
  const lines: string[] = []
  for (const { date, event, text, postings } of entries) {
    lines.push('', `${date} * ${quoted(text)}`, `  event: ${quoted(event.id)}`)
    if (event.hash !== undefined) lines.push(`  hash: ${quoted(event.hash)}`)
    for (const { place, asset, amount } of postings) {
      const account = nameOf(place)
      opened.add(account)
      lines.push(`  ${account}  ${formatAmount(amount)} ${unit(asset)}`)
    }
  }

  const first = entries[0]?.date
  const last = entries[entries.length - 1]?.date
  if (last !== undefined) {
    const day = addDays(last, 1)
    lines.push('')
    for (const [account, held] of holdingsOf(books)) {
      const name = nameOf({ root: 'account', account })
      if (!opened.has(name)) continue
      for (const [asset, amount] of held) {
        if (!decimals.has(asset)) continue
        const figure = formatAmount(amount as Amount)
        const within = inexact.get(asset)
        lines.push(`${day} balance ${name}  ${figure}${within === undefined ? '' : ` ~ ${within}`} ${unit(asset)}`)
      }
    }
  }

  const head = [`option "operating_currency" "${unit(currencyId)}"`]
  for (const [asset, within] of inexact) head.push(`option "inferred_tolerance_default" "${unit(asset)}:${within}"`)
  head.push('plugin "beancount.plugins.check_commodity"', '')
  if (first !== undefined) {
    if (!listed) head.push(`${first} commodity ${unit(currencyId)}`)
    for (const { id, symbol, kind, chain, contract } of books.assets) {
      if (!decimals.has(id) && id !== currencyId) continue
      head.push(`${first} commodity ${unit(id)}`, `  name: ${quoted(symbol ?? id)}`, `  asset: ${quoted(id)}`)
      head.push(`  kind: ${quoted(kind)}`)
      if (chain !== undefined) head.push(`  chain: ${quoted(chain)}`)
      if (contract !== undefined) head.push(`  contract: ${quoted(contract)}`)
    }
    head.push('')
    for (const account of [...opened].sort((a, b) => (a < b ? -1 : 1))) head.push(`${first} open ${account}`)
    const prices = pricesByDay(books).filter(({ asset }) => decimals.has(asset))
    if (prices.length > 0) head.push('')
    for (const { date, asset, price } of prices) {
      head.push(`${date} price ${unit(asset)} ${formatDecimal(price, MONEY_DIGITS)} ${unit(currencyId)}`)
    }
  }
  return { files: [{ name: `${fileName}.beancount`, text: `${[...head, ...lines].join('\n')}\n` }], leftOut }
}
