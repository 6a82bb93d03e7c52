/**
 * A small export made long: its rows again and again, each copy with ids and times of its own, so that no row is a twin
 * of another and the reader has as much to do with each as in a real file. Same input, same text, on every machine.
 */
import Papa from 'papaparse'

/** Time between two moments of the export, in milliseconds: 100,000 rows cover years, as they do in real files. */
const STEP = 600_000
const DAY = 86_400_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const CLOCK = /\b(\d{1,2}):(\d\d)(?::(\d\d))?( ?[AaPp][Mm])?/
const YEAR_FIRST = /(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/
const YEAR_LAST = /(?<![\d.])(\d{1,2})([-/.])(\d{1,2})\2((?:20)?\d\d)(?![\d.])/
const MONTH_NAMED = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)([a-z]*\.?) (\d{1,2})(,? )(\d{4})/
const DAY_BEFORE_NAME = /(?<!\d)(\d{1,2})([- ])(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)([a-z]*[- ]?,?)(\d{4})/
const EPOCH = /^1\d{9}(?:\d{3})?(?:\.\d+)?$/
const NAMES_TIME = /time|date|created|updated|confirmed|timestamp|unix/i
const NAMES_ID =
  /^(?:#|(?:.*\b(?:id|uid|no|number|nonce|index|reference)\b.*)|.*id|.*(?:hash|tx|order|ref|trade|transaction).*)$/i
/** Whatever stands in such a column is an id. */
const IS_ID = /^(?:id|.*[ _]id|txid|uuid|event)$/i
/** The addresses of a file stay: one of them is the user's own, in every row. */
const NAMES_PLACE = /address|contract|wallet|sender|recipient|chain|^"?(?:from|to)\b/i
/** Assets stay as well, also where they are tokens by their contract: files have few, and their rows have them again and again. */
const NAMES_ASSET = /(?:currency|asset|coin)"?$/i
/** What only ids look like, wherever they stand: long, of letters and digits, without spaces. */
const LOOKS_LIKE_ID = /^(?=.*\d)(?=.*[A-Za-z])[\w:+/=-]{14,}$/
const PLAIN_NUMBER = /^\d{4,}$/

type Order = 'dmy' | 'mdy' | 'ymd' | 'any'

const two = (value: number): string => String(value).padStart(2, '0')

/** In which order the numbers of dates stand that do not begin with a year of four digits, as most cells of the column tell. */
function orderOf(texts: readonly string[]): Order {
  let days = 0
  const firsts = new Set<string>()
  for (const text of texts) {
    const found = YEAR_LAST.exec(text)
    if (found !== null) firsts.add(`${found[1]} of ${found[4]?.length}`)
    if (found !== null && Number(found[1]) > 12) days++
    else if (found !== null && Number(found[3]) > 12) days--
  }
  const [first = ''] = firsts
  if (firsts.size === 1 && Number.parseInt(first, 10) > 12 && first.endsWith(' of 2') && texts.length > 2) return 'ymd'
  return days === 0 ? 'any' : days > 0 ? 'dmy' : 'mdy'
}

/** The text with another moment in it, in the form that it has; null where it holds no time. */
function withTime(text: string, moment: number, order: Order): string | null {
  const at = new Date(moment)
  const day = at.getUTCDate()
  const month = at.getUTCMonth() + 1
  const padded = (like: string, value: number): string => (like.length === 2 ? two(value) : String(value))
  const dated = text
    .replace(
      YEAR_FIRST,
      (_, __, mark, m, d) => `${at.getUTCFullYear()}${mark}${padded(m, month)}${mark}${padded(d, day)}`,
    )
    .replace(YEAR_LAST, (_, a, mark, b, year) => {
      const first = order === 'any' ? 1 + (day % 12) : order === 'dmy' ? day : month
      const second = order === 'any' ? 1 + (day % 12) : order === 'dmy' ? month : day
      if (order === 'ymd')
        return `${two(at.getUTCFullYear() % 100)}${mark}${padded(b, month)}${mark}${padded(year, day)}`
      const y = year.length === 4 ? String(at.getUTCFullYear()) : two(at.getUTCFullYear() % 100)
      return `${padded(a, first)}${mark}${padded(b, second)}${mark}${y}`
    })
    .replace(MONTH_NAMED, (_, name, rest, d, gap) => {
      const isLong = rest.length > 1 && name !== 'May'
      const named = isLong ? `${name}${rest}` : `${MONTHS[at.getUTCMonth()]}${rest}`
      return `${named} ${padded(d, 1 + (day % 28))}${gap}${at.getUTCFullYear()}`
    })
    .replace(DAY_BEFORE_NAME, (_, d, gap, name, rest) => {
      const named = rest.length > 2 ? name : MONTHS[at.getUTCMonth()]
      return `${padded(d, 1 + (day % 28))}${gap}${named}${rest}${at.getUTCFullYear()}`
    })
  const written = dated.replace(CLOCK, (_, hour: string, __, second: string | undefined, half: string | undefined) => {
    const hours = half === undefined ? at.getUTCHours() : (at.getUTCHours() % 12) + 1
    const seconds = second === undefined ? '' : `:${two(at.getUTCSeconds())}`
    return `${padded(hour, hours)}:${two(at.getUTCMinutes())}${seconds}${half ?? ''}`
  })
  if (written !== text || CLOCK.test(text)) return written
  if (!EPOCH.test(text)) return null
  const isMillis = (text.split('.')[0] as string).length === 13
  return isMillis ? String(moment) : text.replace(/^\d+/, String(Math.floor(moment / 1000)))
}

/** The id of another copy, in the form that it has. */
function withCopy(id: string, copy: number): string {
  if (PLAIN_NUMBER.test(id) || id.length < 12) return id.replace(/^(0x)?/, `$1${copy}`)
  const digits = String(copy).padStart(6, '0')
  const at = id.startsWith('0x') ? 2 : Math.max(0, id.search(/[\dA-Za-z]/))
  let text = id.slice(0, at)
  let next = 0
  for (const letter of id.slice(at)) text += next < digits.length && /[\dA-Za-z]/.test(letter) ? digits[next++] : letter
  return text
}

/** The first moment that a cell holds; null where it holds none. */
function momentIn(text: string): number | null {
  const found = YEAR_FIRST.exec(text)
  if (found !== null) return Date.UTC(Number(found[1]), Number(found[3]) - 1, Number(found[4]))
  const last = YEAR_LAST.exec(text)?.[4] ?? MONTH_NAMED.exec(text)?.[5] ?? DAY_BEFORE_NAME.exec(text)?.[5]
  if (last !== undefined) return Date.UTC(Number(last.length === 2 ? `20${last}` : last), 0, 1)
  return EPOCH.test(text) ? Number(text.slice(0, 10)) * 1000 : null
}

const written = (cells: readonly string[], delimiter: string, quoteAll: boolean): string =>
  cells
    .map((text) =>
      quoteAll || text.includes('"') || text.includes(delimiter) || text.includes('\n')
        ? `"${text.replaceAll('"', '""')}"`
        : text,
    )
    .join(delimiter)

/**
 * The export with exactly `rows` rows below its header.
 * @param headLines lines down to the header, which stay as they are
 */
export function multipliedFixture(text: string, headLines: number, delimiter: string, rows: number): string {
  const plain = text.replace('\ufeff', '').replaceAll('\r\n', '\n')
  const lines = plain.split('\n')
  const head = lines.slice(0, headLines)
  const rest = lines.slice(headLines).join('\n').trimEnd()
  const quoteAll = rest.startsWith('"') && (rest.split('\n')[0] as string).endsWith('"')
  const body = Papa.parse<string[]>(rest, { delimiter, newline: '\n' }).data.filter((row) =>
    row.some((one) => one !== ''),
  )
  const names = Papa.parse<string[]>(head.at(-1) ?? '', { delimiter }).data[0] ?? []
  const width = Math.max(names.length, ...body.map((row) => row.length))
  const orders = Array.from({ length: width }, (_, at) => orderOf(body.map((row) => row[at] ?? '')))
  const isTime = (at: number, cell: string): boolean =>
    (momentIn(cell) !== null && (!EPOCH.test(cell) || NAMES_TIME.test(names[at] ?? ''))) ||
    (CLOCK.test(cell) && NAMES_TIME.test(names[at] ?? ''))
  const isId = (at: number, cell: string): boolean =>
    !NAMES_PLACE.test(names[at] ?? '') &&
    !NAMES_ASSET.test(names[at] ?? '') &&
    ((IS_ID.test(names[at] ?? '') && /^[\w:.-]+$/.test(cell)) ||
      LOOKS_LIKE_ID.test(cell) ||
      (NAMES_ID.test(names[at] ?? '') && /\d/.test(cell) && /^[\w-]+$/.test(cell)))
  const ranks = new Map<string, number>()
  for (const row of body)
    for (const [at, cell] of row.entries()) if (isTime(at, cell) && !ranks.has(cell)) ranks.set(cell, ranks.size)
  const moments = body.flatMap((row) => row.flatMap((cell, at) => (isTime(at, cell) ? [momentIn(cell) ?? 0] : [])))
  const latest = Math.max(0, ...moments.filter((moment) => moment > 0))
  const start = Math.ceil((latest === 0 ? Date.UTC(2022, 0, 1) : latest) / DAY) * DAY + DAY
  const made = body.slice(0, rows).map((row) => written(row, delimiter, quoteAll))
  for (let copy = 1; made.length < rows; copy++) {
    for (const row of body) {
      if (made.length === rows) break
      const cells = row.map((cell, at) => {
        if (isTime(at, cell)) {
          const moment = start + ((copy - 1) * ranks.size + (ranks.get(cell) ?? 0)) * STEP
          const timed = withTime(cell, moment, orders[at] as Order)
          if (timed !== null) return timed
        }
        return isId(at, cell) ? withCopy(cell, copy) : cell
      })
      made.push(written(cells, delimiter, quoteAll))
    }
  }
  return `${[...head, ...made].join('\n')}\n`
}
