/** What every report carries around its tables: whose books, under which settings, from which input, and what is open. */
import type { Money } from '../amount/amount.ts'
import { formatMoney } from '../amount/decimal.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { FeeRules, Profile } from '../events/interchange-types.ts'
import { packOf } from '../tax/packs/pack-list.ts'
import type { OpenPoint } from '../tax/result.ts'
import { openPointWords } from './open-point-words.ts'
import type { Report, ReportFact, ReportInput, ReportOpenPoint } from './report.ts'

/** How an asset is called on a form: its symbol, else its id. */
export function symbolsOf(input: ReportInput): (asset: AssetId) => string {
  const symbols = new Map(input.assets.map((asset) => [asset.id, asset.symbol ?? asset.id]))
  return (asset) => symbols.get(asset) ?? asset
}

/** How an account is called; “all accounts” under universal scope. */
export function accountNamesOf(input: ReportInput): (account: AccountId | null) => string {
  const names = new Map(input.accounts.map((account) => [account.id as string, account.name]))
  return (account) => (account === null ? 'all accounts' : (names.get(account) ?? account))
}

/** The tax year as its country writes it. */
export const yearLabelOf = (input: ReportInput): string =>
  input.result.totals.get(input.year)?.label ?? String(input.year)

/** The open points that touch the year, those without a year included. */
export const openOf = (input: ReportInput): readonly OpenPoint[] =>
  input.result.open.filter((point) => point.taxYear === null || point.taxYear === input.year)

const FEE_WORDS: Readonly<Record<keyof FeeRules, string>> = {
  buy: 'buying',
  sell: 'selling',
  swap: 'swapping',
  coin: 'paid in a coin',
  transfer: 'own transfers',
}

/** A method from before there were coins holds from the beginning. */
const FIRST_COIN = '2009-01-03'

function methodWords(profile: Profile, method: string): string {
  if (profile.method === undefined || typeof profile.method === 'string') return method.toUpperCase()
  return profile.method
    .map((change) => {
      const only = [change.asset, change.account].filter((part) => part !== undefined).join(', ')
      const from = change.from < FIRST_COIN ? '' : ` from ${change.from}`
      return `${change.method.toUpperCase()}${from}${only === '' ? '' : ` (${only})`}`
    })
    .join('; ')
}

const CARRIED: Readonly<Record<string, string>> = {
  lossShort: 'short-term loss',
  lossLong: 'long-term loss',
  losses: 'losses',
  costs: 'costs',
  frAcquisition: 'total acquisition price',
  frConsumed: 'acquisition price used',
  frSoultes: 'balancing payments',
}

function settingFacts(input: ReportInput): ReportFact[] {
  const { profile, result } = input
  const fees = Object.entries(profile.fees).map(([name, rule]) => `${FEE_WORDS[name as keyof FeeRules]}: ${rule}`)
  const symbolOf = symbolsOf(input)
  const accountOf = accountNamesOf(input)
  const positions = Object.entries(profile.positions).flatMap(([id, choices]) =>
    choices.map(({ choice, scope = {}, from, to, reason }) => {
      const { asset, protocol, account } = scope
      const limits = [
        protocol,
        asset === undefined ? undefined : symbolOf(asset),
        account === undefined ? undefined : accountOf(account),
        from === undefined ? undefined : `from ${from}`,
        to === undefined ? undefined : `to ${to}`,
      ].filter((part) => part !== undefined)
      const where = limits.length === 0 ? '' : `, ${limits.join(', ')}`
      return `${id}: ${choice}${where}${reason === undefined ? '' : ` (${reason})`}`
    }),
  )
  const person = profile.person[String(input.year)]
  const outside = (['short', 'long'] as const).flatMap((term) => {
    const sum = person?.otherGains?.[term]
    return sum === undefined ? [] : [`${term} ${formatMoney(sum, 2)}`]
  })
  const brought = Object.entries(profile.carryIn ?? {}).flatMap(([name, sum]) =>
    typeof sum === 'bigint' ? [`${CARRIED[name] ?? name} ${formatMoney(sum as Money, 2)}`] : [],
  )
  const toVerify = packOf(result.jurisdiction)?.toVerify ?? []
  const facts: (ReportFact | false | undefined)[] = [
    {
      label: 'Rules',
      value: result.jurisdiction === 'none' ? 'plain arithmetic' : result.jurisdiction.toUpperCase(),
    },
    { label: 'Tax year', value: yearLabelOf(input) },
    { label: 'Currency', value: profile.currency },
    { label: 'Dates in zone', value: profile.zone },
    { label: 'Method', value: methodWords(profile, result.method) },
    { label: 'Basis kept by', value: profile.scope === 'pack' ? 'the rule of the country' : profile.scope },
    { label: 'Rounding', value: profile.rounding === 'whole' ? 'whole units' : 'cents' },
    fees.length > 0 && { label: 'Fee rules of your own', value: fees.join('; ') },
    positions.length > 0 && { label: 'Positions', value: positions.join('; ') },
    person?.filingStatus !== undefined && { label: 'Filing status', value: person.filingStatus },
    person?.band !== undefined && { label: 'Rate band', value: person.band },
    person?.partner !== undefined && { label: 'Partner', value: person.partner ? 'yes' : 'no' },
    outside.length > 0 && { label: 'Gains outside these books', value: outside.join('; ') },
    person?.otherIncome !== undefined && { label: 'Other income', value: formatMoney(person.otherIncome, 2) },
    brought.length > 0 && { label: `Brought into ${profile.carryIn?.year}`, value: brought.join('; ') },
    toVerify.length > 0 && { label: 'To verify', value: toVerify.join(' ') },
    {
      label: 'Values from',
      value: input.priceSources.length === 0 ? 'the records themselves' : input.priceSources.join('; '),
    },
    { label: 'Engine', value: `Tallystick ${result.engine}` },
    { label: 'Input', value: result.inputHash },
  ]
  return facts.filter((fact): fact is ReportFact => typeof fact === 'object')
}

/** What can change the year most comes first; what is not known comes last. */
function byWeight(a: OpenPoint, b: OpenPoint): number {
  const weight = ({ effect }: OpenPoint): bigint =>
    effect.low === null || effect.high === null ? -1n : effect.high - effect.low
  const gap = weight(b) - weight(a)
  return gap < 0n ? -1 : gap > 0n ? 1 : 0
}

function openLines(input: ReportInput): ReportOpenPoint[] {
  const symbolOf = symbolsOf(input)
  const accountOf = accountNamesOf(input)
  return [...openOf(input)].sort(byWeight).map((point) => ({
    code: point.code,
    ...openPointWords(point, symbolOf, accountOf),
    low: point.effect.low === null ? null : formatMoney(point.effect.low, 2),
    high: point.effect.high === null ? null : formatMoney(point.effect.high, 2),
    ref: point.event === null ? null : `event:${point.event}`,
  }))
}

/** The frame of a report; the caller adds the tables. */
export function frameOf(
  input: ReportInput,
  id: string,
  title: string,
  subtitle: string,
): Omit<Report, 'sections' | 'notes'> {
  return {
    id,
    title,
    subtitle,
    year: input.year,
    yearLabel: yearLabelOf(input),
    ledgerName: input.ledgerName,
    taxpayer: input.taxpayer ?? null,
    engine: input.result.engine,
    inputHash: input.result.inputHash,
    currency: input.result.currency,
    officialForm: false,
    negative: input.result.jurisdiction === 'us' ? 'parentheses' : 'minus',
    facts: [{ label: 'Books', value: input.ledgerName }, ...settingFacts(input)],
    open: openLines(input),
  }
}
