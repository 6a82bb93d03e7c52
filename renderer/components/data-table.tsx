import {
  type ColumnDef,
  functionalUpdate,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { Fragment, type KeyboardEvent, type ReactNode, useId, useMemo } from 'react'
import styles from './data-table.module.css'
import { Icon } from './icon.tsx'

const features = tableFeatures({ rowSortingFeature })

export interface Column<Row> {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'left' | 'right'
  readonly sortable?: boolean
  readonly wrap?: boolean
  /** What its cell says names the row to those who open it; the first column does where none is marked. */
  readonly names?: boolean
  /** Stays in view at the right edge where the table is wider than the page. */
  readonly pinned?: boolean
}

export interface Sort<Key extends string = string> {
  readonly by: Key
  readonly descending: boolean
}

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  /** A row opens in place, under itself. */
  readonly opened?: string | null
  readonly onOpen?: (key: string | null) => void
  readonly inside?: (row: Row) => ReactNode
  /** A cell of the row brings the button that opens it, so that none is put before the first one. */
  readonly ownOpener?: boolean
  readonly foot?: Readonly<Record<string, ReactNode>>
  readonly more?: ReactNode
}

/**
 * A table of 32 px rows: header, optional sorting by the engine, rows that open in place, an optional foot of totals.
 * A row that opens has a button before its first cell, named after the row; j, k and the arrows go from one to the next.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, sort, onSort, opened, onOpen, inside, ownOpener, foot, more } = props
  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: () => null,
        header: column.header,
        enableSorting: column.sortable ?? false,
      })),
    [columns],
  )
  // Called, not mounted: a function of its own for each rendering would build every cell anew, and take the focus from it.
  const cellOf = new Map(columns.map((column) => [column.id, column.cell]))
  const data = useMemo(() => [...rows], [rows])
  const id = useId()
  const naming = (columns.find(({ names }) => names) ?? columns[0])?.id
  const sorting: SortingState = sort ? [{ id: sort.by, desc: sort.descending }] : []
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: (row) => rowKey(row),
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (update) => {
      const next = functionalUpdate(update, sorting)[0]
      if (next) onSort?.({ by: next.id, descending: next.desc })
    },
  })
  const shapeOf = (id: string): string => {
    const column = columns.find((each) => each.id === id)
    const shape = [
      column?.align === 'right' && styles.right,
      column?.wrap && styles.wrap,
      column?.pinned && styles.pinned,
    ]
    return shape.filter(Boolean).join(' ')
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.frame} aria-label={label} tabIndex={0} onKeyDown={onOpen ? stepRows : undefined}>
      <table className={styles.table}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted()
                return (
                  <th
                    key={header.id}
                    scope="col"
                    className={shapeOf(header.column.id)}
                    aria-sort={sorted === false ? undefined : sorted === 'desc' ? 'descending' : 'ascending'}
                  >
                    {header.column.getCanSort() ? (
                      <button type="button" className={styles.sort} onClick={header.column.getToggleSortingHandler()}>
                        <table.FlexRender header={header} />
                        {sorted === false ? null : <Icon name={sorted === 'desc' ? 'down' : 'up'} size={12} />}
                      </button>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </th>
                )
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => {
            const open = opened === row.id
            const name = `${id} ${row.id}`.replaceAll(/\s+/g, '_')
            return (
              <Fragment key={row.id}>
                <tr
                  className={styles.row}
                  data-open={open || undefined}
                  data-opens={onOpen ? true : undefined}
                  onClick={onOpen ? () => onOpen(open ? null : row.id) : undefined}
                >
                  {row.getAllCells().map((cell, place) => (
                    <td
                      key={cell.id}
                      className={shapeOf(cell.column.id)}
                      id={place > 0 && onOpen && cell.column.id === naming ? `${name}-text` : undefined}
                    >
                      {onOpen && !ownOpener && place === 0 ? (
                        <span className={styles.opening}>
                          <button
                            type="button"
                            className={styles.opener}
                            id={`${name}-open`}
                            aria-label="Details of"
                            aria-labelledby={`${name}-open ${name}-text`}
                            aria-expanded={open}
                            data-opener
                          >
                            <Icon name={open ? 'down' : 'right'} size={12} />
                          </button>
                          <span id={naming === cell.column.id ? `${name}-text` : undefined}>
                            {cellOf.get(cell.column.id)?.(row.original)}
                          </span>
                        </span>
                      ) : (
                        cellOf.get(cell.column.id)?.(row.original)
                      )}
                    </td>
                  ))}
                </tr>
                {open && inside ? (
                  <tr className={styles.inside}>
                    <td colSpan={columns.length}>
                      <div className={styles.insideBody}>{inside(row.original)}</div>
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
        {foot ? (
          <tfoot>
            <tr className={styles.foot}>
              {columns.map((column) => (
                <td key={column.id} className={shapeOf(column.id)}>
                  {foot[column.id]}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
      {more ? <div className={styles.more}>{more}</div> : null}
    </section>
  )
}

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }

/** Moves the focus from the button that opens one row to that of the next or the one before. */
function stepRows(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return
  const { target, currentTarget } = event
  const onOpener = target instanceof HTMLElement && target.matches('[data-opener]')
  if (!onOpener && (target !== currentTarget || event.key.startsWith('Arrow'))) return
  const openers = [
    ...currentTarget.querySelectorAll<HTMLElement>(':scope > table > tbody > tr > td [data-opener]'),
  ].filter((opener) => opener.closest('section') === currentTarget)
  const next = openers[onOpener ? openers.indexOf(target) + step : 0]
  if (!next) return
  event.preventDefault()
  event.stopPropagation()
  next.focus()
}
