import { Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useRead } from '../../app/queries.ts'
import styles from './tax.module.css'

const PAGE = 50

/** Which rows of a long list are shown: a page of them, narrowed by asset, account and what the list adds. */
export interface RowChoice<More> {
  readonly page: number
  readonly size: number
  /** `offset` and `limit` of the page, and the filters that are set, as the contract takes them. */
  readonly query: { offset: number; limit: number; asset?: string; account?: string } & More
  readonly turn: (page: number) => void
  readonly asset: string | null
  readonly account: string | null
  readonly more: More
  readonly set: (next: { asset?: string | null; account?: string | null; more?: More }) => void
}

/** Page and filters of a list; another filter starts at its first page. */
export function useRowChoice<More extends object>(first: More): RowChoice<More> {
  const [page, turn] = useState(1)
  const [asset, setAsset] = useState<string | null>(null)
  const [account, setAccount] = useState<string | null>(null)
  const [more, setMore] = useState<More>(first)
  return {
    page,
    size: PAGE,
    query: {
      ...more,
      offset: (page - 1) * PAGE,
      limit: PAGE,
      ...(asset === null ? {} : { asset }),
      ...(account === null ? {} : { account }),
    },
    turn,
    asset,
    account,
    more,
    set(next) {
      if (next.asset !== undefined) setAsset(next.asset)
      if (next.account !== undefined) setAccount(next.account)
      if (next.more !== undefined) setMore(next.more)
      turn(1)
    },
  }
}

/** The filters above a list: asset, account, and further ones. */
export function RowFilters<More>({ of, children }: { readonly of: RowChoice<More>; readonly children?: ReactNode }) {
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  return (
    <div className={styles.tools}>
      <Select
        aria-label="Asset"
        size="xs"
        w={140}
        data={[
          { value: '', label: 'All assets' },
          ...(facets.data?.assets ?? []).map((each) => ({ value: each.id, label: each.symbol })),
        ]}
        value={of.asset ?? ''}
        searchable
        onChange={(next) => of.set({ asset: next || null })}
      />
      <Select
        aria-label="Account"
        size="xs"
        w={160}
        data={[
          { value: '', label: 'All accounts' },
          ...(facets.data?.accounts ?? []).map((each) => ({ value: each.id, label: each.name })),
        ]}
        value={of.account ?? ''}
        onChange={(next) => of.set({ account: next || null })}
      />
      {children}
    </div>
  )
}
