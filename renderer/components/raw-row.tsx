import { LOCALE } from '../app/session.ts'
import { countText } from './decimal-text.ts'
import styles from './raw-row.module.css'

interface RawRowProps {
  readonly file: string
  readonly row: number
  readonly header: readonly string[]
  readonly cells: readonly string[]
  readonly text: string
}

/** A longer text is cut on the screen only; the ledger keeps every byte. */
const LONGEST = 4_000

/** One row of a source file, in the source's own words. */
export function RawRow({ file, row, header, cells, text }: RawRowProps) {
  return (
    <section className={styles.raw} aria-label={`Row ${row} of ${file}`}>
      <div className={styles.head}>
        <span>{file}</span>
        <span>row {countText(row, LOCALE)}</span>
      </div>
      {cells.length > 0 && !isWhole(cells, text) ? (
        <dl className={styles.cells}>
          {cells.map((cell, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cells are told apart by their place alone
            <Cell key={index} name={header[index] ?? `column ${index + 1}`} text={cell} />
          ))}
        </dl>
      ) : null}
      <div className={styles.line} {...reachable(text)}>
        {shortened(text)}
      </div>
    </section>
  )
}

/** A row that is one cell is told once, as its text. */
function isWhole(cells: readonly string[], text: string): boolean {
  return cells.length === 1 && cells[0] === text
}

function Cell({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd {...reachable(text)}>{text === '' ? '–' : shortened(text)}</dd>
    </>
  )
}

/** From this length on a text may scroll within its own box. */
const MAY_SCROLL = 90

/** A text that may scroll can be reached by keyboard. */
function reachable(text: string): { tabIndex?: 0 } {
  return text.length > MAY_SCROLL || text.includes('\n') ? { tabIndex: 0 } : {}
}

function shortened(text: string): string {
  return text.length > LONGEST
    ? `${text.slice(0, LONGEST)}… (${countText(text.length, LOCALE)} characters in all)`
    : text
}
