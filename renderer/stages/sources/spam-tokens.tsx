import { Button } from '@mantine/core'
import type { Engine } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { goTo } from '../../app/screens.ts'
import { DataTable } from '../../components/data-table.tsx'
import { counted } from '../../components/words.ts'
import styles from './symbols.module.css'

type BookAsset = Awaited<ReturnType<Engine['assets']['list']>>['assets'][number]
const SHOWN = 50

/** Tokens that look like spam, each with the mark by which it is told; the rule itself stands on the page of rules. */
export function SpamTokens() {
  const assets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'assets.list',
    read: ({ engine }, signal) => engine.assets.list(undefined, { signal }),
  })
  const spam = (assets.data?.assets ?? []).filter((asset) => asset.spam !== null)
  if (spam.length === 0) return null
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>
        <h3>{counted(spam.length, 'token')} that look like spam</h3>
        <Button variant="subtle" size="compact-xs" onClick={() => goTo('/ledger/rules')}>
          The rule for them
        </Button>
      </div>
      <DataTable<BookAsset>
        label="Tokens that look like spam"
        columns={[
          {
            id: 'symbol',
            header: 'Token',
            wrap: true,
            cell: ({ symbol, name }) => (name === null ? symbol : `${symbol} (${name})`),
          },
          { id: 'chain', header: 'Chain', cell: (asset) => asset.chain ?? '' },
          { id: 'contract', header: 'Contract', cell: (asset) => <code>{asset.contract ?? ''}</code> },
          { id: 'why', header: 'Why it looks like spam', wrap: true, cell: (asset) => asset.spam ?? '' },
        ]}
        rows={spam.slice(0, SHOWN)}
        rowKey={(asset) => asset.id}
        {...(spam.length > SHOWN ? { more: <span>The first {SHOWN} are shown.</span> } : {})}
      />
    </div>
  )
}
