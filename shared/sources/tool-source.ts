/** Sources whose rows have a sending and a receiving side under names of their own: columns, words and dates are all there is to say. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { SourceFormat } from './source-format.ts'
import { type TableLayout, tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { type ToolColumns, toolReader } from './tool-rows.ts'
import { type Vocabulary, vocabulary } from './tool-words.ts'

export interface ToolSource {
  readonly id: string
  readonly name: string
  readonly howToGet: string
  readonly columns: ToolColumns
  readonly words?: Vocabulary
  /** How dates with slashes are written; by default month before day. */
  readonly dates?: 'mdy' | 'dmy'
  readonly zone?: ZoneName | 'ask'
  readonly plainName?: (name: string) => string
  readonly layouts: readonly Omit<TableLayout, 'open'>[]
}

/** The format of such a source. Times are UTC unless it says otherwise. */
export function toolSource(source: ToolSource): SourceFormat {
  const { columns, words = vocabulary(), dates = 'mdy', layouts, zone = 'UTC' as ZoneName, ...rest } = source
  return tableSource({
    ...rest,
    id: source.id as SourceId,
    venue: source.name,
    version: 1,
    account: { name: `${source.name.replaceAll('.', ' ')} import`, kind: 'manual' },
    zone,
    layouts: layouts.map((layout) => ({
      record: 'transaction',
      ...layout,
      open: (table) => ({
        ...toolReader(table, columns, words),
        ...documentedClock(table, table.column(...layout.time), dates),
      }),
    })),
  })
}
