import { ActionIcon, Loader } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { TraceNode } from '../../shared/contract/tax.ts'
import { countText } from '../components/decimal-text.ts'
import { Money, Units } from '../components/figure.tsx'
import { Icon } from '../components/icon.tsx'
import { ReadFailed } from '../components/page.tsx'
import { RawRow } from '../components/raw-row.tsx'
import { useRead } from './queries.ts'
import { LOCALE, useSession } from './session.ts'
import styles from './trace-drawer.module.css'
import { closeTrace, traceBack, useTrace } from './trace-store.ts'

const STEP = 50
/** How deep a chain with one child each opens by itself: enough for line, disposal, lot, transfers, event, row. */
const SELF_OPENING_DEPTH = 12

/** Where a figure comes from, step by step, down to the row in the source's own words. */
export function TraceDrawer() {
  const { trail } = useTrace()
  const ref = trail.at(-1)
  const close = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each figure that is opened takes the focus once
  useEffect(() => close.current?.focus(), [ref])
  if (ref === undefined) return null
  return (
    <aside className={styles.drawer} aria-label="Trace">
      <div className={styles.bar}>
        {trail.length > 1 ? (
          <ActionIcon onClick={traceBack} aria-label="Back to the figure before">
            <Icon name="back" />
          </ActionIcon>
        ) : null}
        <h2>Where this comes from</h2>
        <ActionIcon onClick={closeTrace} aria-label="Close the trace (Esc)" ref={close}>
          <Icon name="close" />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className={styles.body} tabIndex={0}>
        <Branch key={ref} of={ref} depth={0} />
      </div>
    </aside>
  )
}

/** A step with what lies behind it. */
function Branch({ of, depth, node }: { readonly of: string; readonly depth: number; readonly node?: TraceNode }) {
  const [limit, setLimit] = useState(STEP)
  const answer = useRead({
    topics: ['tax', 'events', 'decisions', 'transfers', 'batches', 'prices'],
    name: 'tax.expand',
    input: { ref: of, limit },
    read: ({ engine }, signal) => engine.tax.expand({ ref: of, offset: 0, limit: Math.min(500, limit) }, { signal }),
    keep: true,
  })
  const shown = answer.data?.node ?? node
  const children = answer.data?.children ?? []
  const total = answer.data?.total ?? 0
  return (
    <div className={styles.node}>
      {shown ? <Step node={shown} /> : null}
      {answer.error ? <ReadFailed error={answer.error} retry={() => void answer.refetch()} /> : null}
      {!answer.data && !answer.error ? <Loader size="xs" aria-label="Looking it up" /> : null}
      {children.length > 0 ? (
        <ul className={styles.children}>
          {children.map((child) => (
            <li key={child.ref}>
              <Twig node={child} alone={children.length === 1} depth={depth + 1} />
            </li>
          ))}
          {total > children.length ? (
            <li>
              <button type="button" className={styles.toggle} onClick={() => setLimit(limit + STEP * 3)}>
                Show more of {countText(total, LOCALE)}
              </button>
            </li>
          ) : null}
        </ul>
      ) : null}
    </div>
  )
}

/** A step that opens on demand, or by itself where the way on is the only one. */
function Twig({ node, alone, depth }: { readonly node: TraceNode; readonly alone: boolean; readonly depth: number }) {
  const [open, setOpen] = useState(alone && depth < SELF_OPENING_DEPTH)
  if (node.children === 0 || node.raw)
    return (
      <div className={styles.node}>
        <Step node={node} />
      </div>
    )
  if (open) return <Branch of={node.ref} depth={depth} node={node} />
  return (
    <div className={styles.node}>
      <Step node={node} />
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={false}
        aria-label={`Show what ${node.label} comes from`}
        onClick={() => setOpen(true)}
      >
        {node.children === 1 ? 'Where from' : `Where from: ${countText(node.children, LOCALE)} parts`}
      </button>
    </div>
  )
}

function Step({ node }: { readonly node: TraceNode }) {
  const { profile } = useSession()
  const money = node.unit === null || node.unit === profile.currency
  if (node.raw) return <RawRow {...node.raw} />
  return (
    <>
      <div className={styles.line}>
        <span className={styles.label}>{node.label}</span>
        {node.amount === null ? null : money ? (
          <Money value={node.amount} />
        ) : (
          <Units value={node.amount} symbol={node.unit ?? ''} />
        )}
      </div>
      {node.detail ? <div className={styles.detail}>{node.detail}</div> : null}
    </>
  )
}
