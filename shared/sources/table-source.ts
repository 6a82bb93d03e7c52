/**
 * Sources whose files are plain tables: each layout says its columns, what identifies a row, how its time is written and
 * what a row means; recognising stands here, and what is the same for the rows of all in `table-rows.ts`.
 */
import type { ZoneName } from '../events/identifiers.ts'
import type { CellProblem } from './cells.ts'
import { bestLayout, type Layout } from './header.ts'
import type { Meaning, Part } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { ReadContext, ReadSink, SourceFormat, TableHeader } from './source-format.ts'
import type { DateProof } from './table-clocks.ts'
import { TableRows } from './table-rows.ts'
import type { SourceTime } from './times.ts'

/** A row that is one of several of its event. */
export interface JoinedRow {
  readonly row: number
  readonly word: string
  readonly parts: readonly Part[]
  /** What this row knows about the event as a whole. */
  readonly facts: Partial<Meaning>
  /** The other side as this row tells it, for an event whose other side is not in the file. */
  readonly missing?: Part | undefined
}

/** A further event of the same row, at the row's time or at one that the row names beside it. */
export interface FurtherEvent {
  readonly meaning: Meaning
  /** The provider's key of this event; by default it is numbered behind that of the row. */
  readonly key?: string
  readonly at?: { readonly time: SourceTime; readonly timeText: string }
}

/** What a row is: an event (or several: bought and sent on), part of one, skipped with a reason, or not understood. */
export type Verdict =
  | Meaning
  | (Meaning & { readonly further: readonly FurtherEvent[] })
  | {
      /** The provider's key that all rows of the event share, or the source texts that they share. */
      readonly join: string | readonly string[]
      readonly word: string
      readonly parts: readonly Part[]
      readonly facts?: Partial<Meaning>
      readonly missing?: Part
    }
  | { readonly skip: string }
  | CellProblem

/** How the rows of one table are read. */
export interface RowReader {
  read(row: RowCursor): Verdict
  /** Frozen: the source texts that identify a row without an id; null where it is plainly the identity columns. */
  identity?(row: RowCursor): readonly string[] | null
  /** The text of the time, where it is not that of one column. */
  timeText?(row: RowCursor): string
  /** The zone of this row, where rows name their own. */
  zoneOf?(row: RowCursor): string
  /** The time of the text, the same in all rows unless they name their zone; `readTime` where the layout does not say. */
  time?(text: string, row: RowCursor): SourceTime | null
  /** Where dates do not say by themselves whether the day or the month stands first. */
  readonly proof?: DateProof
  /** The running balance that the row states, by how much the row changed it, and of what; null where it states none. */
  balance?(row: RowCursor): { readonly of: string; readonly balance: bigint; readonly change: bigint } | null
  /** The event of rows that were joined; by default their parts summed. */
  together?(rows: readonly JoinedRow[]): Meaning | CellProblem
}

/** The table being opened. */
export interface OpenTable {
  readonly context: ReadContext
  readonly sink: ReadSink
  /** The first of these columns that is there. */
  column(...names: readonly string[]): Column
  /** The name that a column has in the file. */
  nameInFile(column: Column): string
}

export interface TableLayout extends Layout {
  /** Columns that together are the provider's id of a row; a row without one is identified by text. */
  readonly id?: readonly string[]
  /** Frozen: the columns whose source text identifies a row without an id. */
  readonly identity: readonly string[]
  /** Frozen: told apart by this word from rows of other files of the source that would read the same (`deposit`). */
  readonly tag?: string
  /** The column of the time, under any of its names. */
  readonly time: readonly string[]
  /** Zone of times that name none, where it is not the source's. */
  readonly zone?: ZoneName | 'ask' | ((header: TableHeader) => ZoneName | 'ask')
  /** What a row is called in “the same … stands in this file already”. */
  readonly record?: string
  readonly open: (table: OpenTable) => RowReader
}

export interface TableSource
  extends Pick<SourceFormat, 'id' | 'name' | 'venue' | 'version' | 'account' | 'accountOf' | 'zone' | 'howToGet'> {
  readonly layouts: readonly TableLayout[]
  /** Names of columns as they are compared, where the file varies them (an offset in parentheses). */
  readonly plainName?: (name: string) => string
}

/** The format of a source of plain tables. */
export function tableSource(source: TableSource): SourceFormat {
  const { layouts, plainName, ...format } = source
  const byName = new Map(layouts.map((layout) => [layout.layout, layout]))
  return {
    ...format,
    decimals: 'file',
    identityColumns: Object.fromEntries(layouts.map(({ layout, identity }) => [layout, identity])),
    zoneOf(layout, header) {
      const zone = byName.get(layout)?.zone ?? source.zone
      return typeof zone === 'function' ? zone(header) : zone
    },
    recognise: (header) => bestLayout(header, layouts, plainName),
    open(context, sink) {
      const layout = byName.get(context.layout) ?? (layouts[0] as TableLayout)
      return new TableRows(source, layout, context, sink)
    },
  }
}
