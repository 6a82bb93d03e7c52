/**
 * Compares a result document with what a scenario expects of it. Numbers are compared as numbers (`40000.00` is
 * `40000`), and exactly; `~33.33` allows half a step of the last digit given. Members that are not named are not looked at.
 *
 * - `disposals`, `income`, `transfersOut`, `lots`, `pools`, rows of a form: each expected row has a row of its own, in any
 *   order, and no row is left over.
 * - `disposalSums`: the disposal rows that agree on `event`, `disposed`, `asset`, `rule`, `acquired` and `lot`, as far as
 *   these are given, add up to the sums given.
 * - `open`: each expected point is there; `[]` means that there is none; a `missing-…` point is never unexpected.
 * - `totals`: the members given of the years given.
 */
import type { Json, JsonObject } from './scenario-files.ts'

const PLACES = 40
const NUMBER = /^~?-?\d+(\.\d+)?$/
const ROWS = ['disposals', 'income', 'transfersOut', 'lots', 'pools'] as const
/** Members that a result has only where there is something in them; `[]` means that there is nothing. */
const PARTS = ['blocked', 'brokerForms'] as const
const SUMMED = ['amount', 'proceeds', 'fees', 'cost', 'gain'] as const
const SUM_KEYS = ['event', 'disposed', 'asset', 'rule', 'acquired', 'lot'] as const

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const rowsOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
const shown = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value))

function scaled(text: string): bigint {
  const [whole = '', part = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole + part.padEnd(PLACES, '0'))
  return text.startsWith('-') ? -size : size
}

const unscaled = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, '0')
  const text = `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`.replace(/\.?0+$/, '')
  return value < 0n ? `-${text}` : text
}

function sameNumber(expected: string, got: string): boolean {
  if (!expected.startsWith('~')) return scaled(expected) === scaled(got)
  const wanted = expected.slice(1)
  const step = 10n ** BigInt(PLACES - (wanted.split('.')[1] ?? '').length)
  const gap = scaled(wanted) - scaled(got)
  return 2n * (gap < 0n ? -gap : gap) <= step
}

/** Where `got` does not have what `expected` asks, in words; nothing where it does. */
function partDifferences(expected: Json | undefined, got: Json | undefined, at: string): readonly string[] {
  if (isObject(expected)) {
    if (!isObject(got)) return [`${at}: expected ${shown(expected)}, got ${shown(got)}`]
    return Object.keys(expected).flatMap((name) => partDifferences(expected[name], got[name], `${at}.${name}`))
  }
  if (Array.isArray(expected) && expected.length > 0 && expected.every(isObject)) {
    const list = rowsOf(got)
    if (list.length !== expected.length) return [`${at}: expected ${expected.length} of them, got ${list.length}`]
    return expected.flatMap((item, index) => partDifferences(item, list[index], `${at}.${index}`))
  }
  const bothNumbers =
    typeof expected === 'string' && typeof got === 'string' && NUMBER.test(expected) && NUMBER.test(got)
  const same = bothNumbers ? sameNumber(expected, got) : shown(expected) === shown(got)
  return same ? [] : [`${at}: expected ${shown(expected)}, got ${shown(got)}`]
}

/** Gives each expected row a row of its own (augmenting paths, so that a vague row never takes a precise one's partner). */
function pairRows(expected: readonly JsonObject[], got: readonly JsonObject[]): readonly (number | undefined)[] {
  const takenBy: (number | undefined)[] = got.map(() => undefined)
  const fits = expected.map((row) =>
    got
      .map((candidate, index) => (partDifferences(row, candidate, '').length === 0 ? index : -1))
      .filter((i) => i >= 0),
  )
  const settle = (row: number, tried: Set<number>): boolean =>
    (fits[row] ?? []).some((index) => {
      if (tried.has(index)) return false
      tried.add(index)
      const holder = takenBy[index]
      if (holder !== undefined && !settle(holder, tried)) return false
      takenBy[index] = row
      return true
    })
  expected.forEach((_, row) => {
    settle(row, new Set())
  })
  return takenBy
}

function rowDifferences(
  expected: readonly JsonObject[],
  got: readonly JsonObject[],
  at: string,
  whole: boolean,
): string[] {
  const takenBy = pairRows(expected, got)
  const free = got.filter((_, index) => takenBy[index] === undefined)
  const differences = expected
    .filter((_, row) => !takenBy.includes(row))
    .map((row) => {
      const near = free.map((candidate) => partDifferences(row, candidate, at)).sort((a, b) => a.length - b.length)[0]
      return near ? `no such row, nearest has ${near.join('; ')}` : `${at}: no row for ${shown(row)}`
    })
  return whole ? [...differences, ...free.map((row) => `${at}: unexpected row ${shown(row)}`)] : differences
}

function sumDifferences(expected: readonly JsonObject[], disposals: readonly JsonObject[]): string[] {
  return expected.flatMap((sum) => {
    const rows = disposals.filter((row) =>
      SUM_KEYS.every((key) => sum[key] === undefined || partDifferences(sum[key], row[key], '').length === 0),
    )
    return SUMMED.filter((member) => sum[member] !== undefined).flatMap((member) => {
      const total = rows.reduce((all, row) => all + scaled(String(row[member] ?? '0')), 0n)
      const name = [sum.event ?? sum.disposed, sum.asset, sum.rule].filter((part) => part !== undefined).join(' ')
      return partDifferences(sum[member], unscaled(total), `disposalSums ${name} ${member}`)
    })
  })
}

function openDifferences(expected: Json | undefined, got: readonly JsonObject[]): string[] {
  const wanted = rowsOf(expected)
  const none = Array.isArray(expected) && wanted.length === 0
  const silent = got.filter(
    (point) =>
      none ||
      (String(point.code).startsWith('missing-') &&
        !wanted.some((row) => partDifferences(row, point, '').length === 0)),
  )
  return [
    ...rowDifferences(wanted, got, 'open', false),
    ...silent.map((point) => `open: unexpected point ${shown(point)}`),
  ]
}

/** All differences between a result document and a scenario's expectation, each with its path; empty when it agrees. */
export function scenarioDifferences(expected: JsonObject, result: JsonObject): readonly string[] {
  const differences: string[] = []
  for (const member of ROWS) {
    if (expected[member] === undefined) continue
    const got = rowsOf(result[member]).filter(
      (row) => member !== 'pools' || row.amount !== '0' || !/^0(\.0+)?$/.test(String(row.cost)),
    )
    differences.push(...rowDifferences(rowsOf(expected[member]), got, member, true))
  }
  if (isObject(expected.forms)) {
    const forms = isObject(result.forms) ? result.forms : {}
    for (const form of Object.keys(expected.forms)) {
      differences.push(...rowDifferences(rowsOf(expected.forms[form]), rowsOf(forms[form]), `forms.${form}`, true))
    }
  }
  for (const member of PARTS) {
    if (expected[member] === undefined) continue
    differences.push(...rowDifferences(rowsOf(expected[member]), rowsOf(result[member]), member, true))
  }
  differences.push(...sumDifferences(rowsOf(expected.disposalSums), rowsOf(result.disposals)))
  differences.push(...partDifferences(expected.totals ?? {}, result.totals ?? {}, 'totals'))
  differences.push(...openDifferences(expected.open, rowsOf(result.open)))
  return differences
}
