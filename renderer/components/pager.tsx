import { Pagination } from '@mantine/core'
import { counted } from './words.ts'

interface PagerProps {
  readonly total: number
  readonly page: number
  readonly size: number
  readonly one: string
  readonly onPage: (page: number) => void
}

/** The foot of a paged table: how many there are, and the way to the others. */
export function Pager({ total, page, size, one, onPage }: PagerProps) {
  return (
    <>
      <span>{counted(total, one)}</span>
      {total > size ? (
        <Pagination
          size="xs"
          total={Math.ceil(total / size)}
          value={page}
          onChange={onPage}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
        />
      ) : null}
    </>
  )
}
